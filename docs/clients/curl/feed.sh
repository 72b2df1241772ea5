#!/bin/sh
# The feed with curl, step by step. For trying the API, not for production: only the other two clients store leads.
# Settings: CARATLAS_URL (https://.../graphql), CARATLAS_KEY. Needs curl, and node to write and read JSON.
#
#   feed.sh sign-in EMAIL PASSWORD     get a session token, for people; machines use a key
#   feed.sh match                      sandbox: create a lead
#   feed.sh duplicate LEAD             sandbox: deliver its match a second time
#   feed.sh revoke LEAD                sandbox: withdraw the consent to it
#   feed.sh feed [CURSOR]              read the events after a cursor, or after the acknowledged position
#   feed.sh acknowledge CURSOR         confirm that everything up to here is stored
#   feed.sh deleted LEAD               confirm a LeadRevoked
#   feed.sh report LEAD STATUS WHEN ID report an outcome; WHEN as $(date -u +%FT%TZ), ID is your own
#   feed.sh go-live                    show what is still missing for a live key
set -eu

# post QUERY NAME VALUE ...: sends a request. Node quotes the values, never the shell.
post() {
  node -e '
    const [query, ...pairs] = process.argv.slice(1);
    const variables = {};
    for (let i = 0; i + 1 < pairs.length; i += 2) if (pairs[i + 1] !== "") variables[pairs[i]] = pairs[i + 1];
    console.log(JSON.stringify({ query, variables }));' "$@" |
    curl --silent --show-error --max-time 30 "$CARATLAS_URL" \
      --header 'content-type: application/json' \
      --header "authorization: Bearer ${CARATLAS_KEY:-}" \
      --data-binary @- |
    node -e '
      const text = require("fs").readFileSync(0, "utf8");
      let answer;
      try { answer = JSON.parse(text); } catch { console.error("The server did not answer with JSON, but with: " + text.slice(0, 80)); process.exit(1); }
      const { data, errors } = answer;
      if (errors) { for (const { message, extensions } of errors) console.error(extensions.code + ": " + message); process.exit(1); }
      console.log(JSON.stringify(Object.values(data)[0], null, 2));'
}

step=${1:-help}
[ $# -gt 0 ] && shift
case $step in
  sign-in)
    CARATLAS_KEY=
    # This request is sent without a token.
    node -e 'const [email, password] = process.argv.slice(1); console.log(JSON.stringify({ variables: { email, password },
      query: "mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on SignedIn { token } ... on SignInRefused { message } } }" }))' "$1" "$2" |
      curl --silent --show-error --max-time 30 "$CARATLAS_URL" --header 'content-type: application/json' --data-binary @-
    ;;
  match) post 'mutation { sandboxMatch(input: { product: "NEW_CAR" }) { leadId } }' ;;
  duplicate) post 'mutation ($lead: ID!) { sandboxDuplicate(leadId: $lead) { leadId } }' lead "$1" ;;
  revoke) post 'mutation ($lead: ID!) { sandboxRevoke(leadId: $lead) { leadId } }' lead "$1" ;;
  feed)
    post 'query ($after: Cursor) { feed(first: 100, after: $after) { endCursor hasMore events { __typename cursor
      ... on LeadMatched { leadId lead { contact { firstName lastName phone email channels } } }
      ... on LeadUpdated { leadId changed } ... on LeadRevoked { leadId acknowledgeBy } } } }' after "${1:-}"
    ;;
  acknowledge) post 'mutation ($upTo: Cursor!) { acknowledge(upTo: $upTo) { cursor } }' upTo "$1" ;;
  deleted)
    post 'mutation ($lead: ID!) { acknowledgeRevocation(leadId: $lead, disposition: DELETED) { acknowledgedAt } }' lead "$1"
    ;;
  report)
    post 'mutation ($lead: ID!, $status: OutcomeStatus!, $at: DateTime!, $id: String) {
      reportOutcomes(input: [{ leadId: $lead, status: $status, occurredAt: $at, externalId: $id }]) { accepted code message } }' \
      lead "$1" status "$2" at "$3" id "$4"
    ;;
  go-live)
    post '{ goLive { ready acknowledgedMatch { todo } acknowledgedRevocation { todo } survivedDuplicate { todo } } }'
    ;;
  *) sed -n '2,15p' "$0" ;;
esac
