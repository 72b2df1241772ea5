/** Starts GraphiQL on this server. The key is typed into the headers editor; it is sent with queries and subscriptions. */
const { GraphiQL, React, ReactDOM } = window;
const address = new URL("/graphql", window.location.href);
const socket = new URL(address);
socket.protocol = address.protocol.replace("http", "ws");

const query = `# Type your key into "Headers" below, as { "authorization": "Bearer …" }, then press Ctrl + Enter.
# What your key can use: GET /schema.graphql.
{
  viewer {
    role
    name
  }
}
`;

const fetcher = GraphiQL.createFetcher({ url: address.href, subscriptionUrl: socket.href });
const element = React.createElement(GraphiQL, {
  fetcher,
  defaultQuery: query,
  defaultHeaders: "{}",
  defaultEditorToolsVisibility: "headers",
  shouldPersistHeaders: false,
});
ReactDOM.createRoot(document.getElementById("graphiql")).render(element);
