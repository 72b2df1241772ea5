/**
 * Which tables does a source file read and write in its SQL? Reads the string and template literals of TypeScript
 * with TypeScript's own parser, and each SQL literal token by token, so that fragments of statements count as well.
 *
 * It does not understand SQL: it only knows after which words a table stands. Columns and types are not looked at.
 */
const ts = require("typescript");

const hole = "\u0001";
const looksLikeSql =
  /\b(?:SELECT|INSERT INTO|DELETE FROM|UPDATE|FROM|JOIN|TRUNCATE|LOCK TABLE|MERGE INTO)\b|^\s*(?:select|insert|update|delete|with)\b/;
/** `extract(month FROM at)` and the like name no table. */
const functionsWithFrom = new Set(["extract", "substring", "trim", "overlay", "position"]);
/** Words before UPDATE that make it a lock or a part of ON CONFLICT. */
const notAnUpdate = new Set(["for", "key", "do"]);
const writes = new Set(["into", "update", "truncate", "delete from"]);
const endsAFromList = new Set([
  "where",
  "group",
  "order",
  "limit",
  "union",
  "set",
  "returning",
  "on",
  "having",
]);

/**
 * @param {string} fileName for messages only
 * @param {string} text TypeScript
 * @returns {{ uses: { table: string, access: "read" | "write", line: number }[], faults: { line: number, message: string }[] }}
 */
function tablesOf(fileName, text) {
  const literals = sqlLiterals(ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true));
  const scanned = literals.map(({ sql, line }) => ({ line, ...scan(tokensOf(sql)) }));
  const temporary = new Set(scanned.flatMap(({ named }) => named));
  return {
    uses: scanned.flatMap(({ line, found }) =>
      found
        .filter(({ table, access }) => table !== hole && !(access === "read" && temporary.has(table)))
        .map(({ table, access, offset }) => ({ table, access, line: line + offset })),
    ),
    faults: scanned.flatMap(({ line, found }) =>
      found
        .filter(({ table }) => table === hole)
        .map(({ offset }) => ({
          line: line + offset,
          message: "a table name is built at run time: write it out, so that its owner can be checked",
        })),
    ),
  };
}

function sqlLiterals(source) {
  const found = [];
  const visit = (node) => {
    const sql = textOf(node);
    if (sql !== null && looksLikeSql.test(sql)) found.push({ sql, line: lineOf(source, node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }) => ` ${hole} ${literal.text}`).join("");
}

const lineOf = (source, node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

/** Words in lower case with the original beside them, and punctuation; strings and comments of SQL are left out. */
function tokensOf(sql) {
  const tokens = [];
  let line = 0;
  const pattern = /\n|--[^\n]*|'(?:[^']|'')*'|"([^"]+)"|([A-Za-z_][\w$]*(?:\.[A-Za-z_]\w*)?)|[(),;]|\u0001/g;
  for (const [text, quoted, word] of sql.matchAll(pattern)) {
    if (text === "\n") line += 1;
    else if (text.startsWith("--") || text.startsWith("'")) line += text.split("\n").length - 1;
    else tokens.push({ text: quoted ?? word ?? text, word: (word ?? text).toLowerCase(), offset: line });
  }
  return tokens;
}

/** The tables that stand where a table stands, and the names that WITH gives. */
function scan(tokens) {
  const found = [];
  const named = [];
  const parentheses = new Parentheses();
  tokens.forEach(({ word, text }, index) => {
    parentheses.pass(word, wordAt(tokens, index - 1));
    if (namesAQuery(tokens, index)) named.push(text);
    const keyword =
      word === "," && parentheses.inList ? "from" : tableKeyword(tokens, index, parentheses.call);
    if (keyword === "from") parentheses.inList = true;
    const table = keyword === null ? null : tableAfter(tokens, index);
    if (table !== null) found.push({ ...table, access: writes.has(keyword) ? "write" : "read" });
  });
  return { found, named };
}

/** The open parentheses: after which word each one opened, and whether a comma in it separates tables. */
class Parentheses {
  #open = [{ call: "", inList: false }];

  get call() {
    return this.#open.at(-1).call;
  }

  get inList() {
    return this.#open.at(-1).inList;
  }

  set inList(inList) {
    this.#open.at(-1).inList = inList;
  }

  pass(word, before = "") {
    if (word === "(") this.#open.push({ call: before, inList: false });
    else if (word === ")" && this.#open.length > 1) this.#open.pop();
    else if (endsAFromList.has(word)) this.inList = false;
  }
}

const wordAt = (tokens, index) => tokens[index]?.word;
const isName = (token) => token !== undefined && /^[a-z_]/.test(token.word);
const beforeAName = new Set(["with", "recursive", ",", hole, undefined]);

/** `name AS (` and `name (columns) AS MATERIALIZED (`, as WITH writes it. */
function namesAQuery(tokens, index) {
  if (!isName(tokens[index]) || !beforeAName.has(wordAt(tokens, index - 1))) return false;
  let next = index + 1;
  if (wordAt(tokens, next) === "(") next = tokens.findIndex(({ word }, at) => at > next && word === ")") + 1;
  const isAs = wordAt(tokens, next) === "as";
  while (["as", "not", "materialized"].includes(wordAt(tokens, next))) next += 1;
  return isAs && wordAt(tokens, next) === "(";
}

/** By keyword, which kind of table stands after it; null: none. */
const keywords = {
  from: ({ before, call }) => {
    if (before === "distinct" || functionsWithFrom.has(call)) return null;
    return before === "delete" ? "delete from" : "from";
  },
  update: ({ before, after }) => (notAnUpdate.has(before) || after === "set" ? null : "update"),
  table: ({ before }) => (before === "lock" ? "from" : null),
  using: ({ after }) => (after === "(" ? null : "from"),
  join: () => "join",
  into: () => "into",
  truncate: () => "truncate",
};

function tableKeyword(tokens, index, call) {
  const { word } = tokens[index];
  if (!Object.hasOwn(keywords, word)) return null;
  return keywords[word]({ before: wordAt(tokens, index - 1), after: wordAt(tokens, index + 1), call });
}

function tableAfter(tokens, index) {
  let at = index + 1;
  while (["only", "lateral", "table"].includes(wordAt(tokens, at))) at += 1;
  const token = tokens[at];
  if (!isName(token) && token?.word !== hole) return null;
  const isCall = wordAt(tokens, at + 1) === "(" && tokens[index].word !== "into";
  return isCall ? null : { table: token.text, offset: token.offset };
}

module.exports = { tablesOf };
