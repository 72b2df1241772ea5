/**
 * Which tables does a source file read and write in its SQL? Reads the string and template literals of TypeScript
 * with TypeScript's own parser, and each SQL literal token by token, so that fragments of statements count as well.
 *
 * It does not understand SQL: it only knows after which words a table stands. Columns and types are not looked at.
 */
import ts from "typescript";

const hole = "\u0001";
const looksLikeSql =
  /\b(?:SELECT|INSERT INTO|DELETE FROM|UPDATE|FROM|JOIN|TRUNCATE|LOCK TABLE|MERGE INTO|COPY)\b|\bselect\b[^]*\bfrom\b/;
/** `extract(month FROM at)` and its kin name no table. */
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
export function tablesOf(fileName, text) {
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
    temporary: [...temporary],
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
  const calls = [];
  // For each open parenthesis, whether a comma at this depth separates tables of a FROM list.
  const lists = [false];
  for (let index = 0; index < tokens.length; index++) {
    const { word } = tokens[index];
    if (word === "(") {
      calls.push(tokens[index - 1]?.word ?? "");
      lists.push(false);
    } else if (word === ")") {
      calls.pop();
      if (lists.length > 1) lists.pop();
    } else if (namesAQuery(tokens, index)) named.push(tokens[index].text);
    else if (endsAFromList.has(word)) lists[lists.length - 1] = word === "on" && lists.at(-1);
    const keyword =
      tableKeyword(tokens, index, calls.at(-1)) ?? (word === "," && lists.at(-1) ? "from" : null);
    if (keyword === null) continue;
    if (keyword === "from") lists[lists.length - 1] = true;
    const at = tableAfter(tokens, index);
    if (at !== null) found.push({ ...at, access: writes.has(keyword) ? "write" : "read" });
  }
  return { found, named };
}

/** `name AS (` and `name (columns) AS MATERIALIZED (`, as WITH writes it. */
function namesAQuery(tokens, index) {
  const before = tokens[index - 1]?.word;
  if (!/^[a-z_]/.test(tokens[index].word) || !["with", "recursive", ",", hole, undefined].includes(before))
    return false;
  let next = index + 1;
  if (tokens[next]?.word === "(") next = tokens.findIndex(({ word }, at) => at > next && word === ")") + 1;
  if (tokens[next]?.word !== "as") return false;
  while (["as", "not", "materialized"].includes(tokens[next]?.word)) next += 1;
  return tokens[next]?.word === "(";
}

function tableKeyword(tokens, index, call) {
  const { word } = tokens[index];
  const before = tokens[index - 1]?.word;
  if (word === "from") {
    if (before === "distinct" || functionsWithFrom.has(call)) return null;
    return before === "delete" ? "delete from" : "from";
  }
  if (word === "update")
    return notAnUpdate.has(before) || tokens[index + 1]?.word === "set" ? null : "update";
  if (word === "table") return before === "lock" ? "from" : null;
  if (word === "using") return tokens[index + 1]?.word === "(" ? null : "from";
  return ["join", "into", "truncate"].includes(word) ? word : null;
}

function tableAfter(tokens, index) {
  let at = index + 1;
  while (["only", "lateral", "table"].includes(tokens[at]?.word)) at += 1;
  const token = tokens[at];
  if (token === undefined || token.word === "(") return null;
  if (token.word !== hole && !/^[a-z_]/.test(token.word)) return null;
  const isCall = tokens[at + 1]?.word === "(" && !["into"].includes(tokens[index].word);
  return isCall ? null : { table: token.text, offset: token.offset };
}
