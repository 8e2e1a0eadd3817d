import { type Node, parse } from 'luaparse';

/** A comment, a long text or a quoted one, whichever begins first. */
const LITERAL =
  /--\[(=*)\[[\s\S]*?\]\1\]|--(?!\[=*\[).*|\[(=*)\[[\s\S]*?\]\2\]|(["'])((?:\\(?:\r\n|[\s\S])|(?!\3)[^\\\r\n])*)\3/g;

/** What the parser passes over: a comma before the first item of a list, and a first line for a shell. */
const STRAY = /(?:[({]|\breturn)\s*,|^#/;

/** A source in which texts and comments have as many characters as before and no meaning; their lines stay. */
function blanked(script: string): string {
  const blank = (text: string, by: string) =>
    text.replace(/\\?(?:\r\n|[\s\S])/g, (one) => (/[\r\n]/.test(one) ? one : by.repeat(one.length)));
  return script.replace(LITERAL, (whole) => {
    const opening = /^(?:\[=*\[|["'])/.exec(whole)?.[0].length;
    if (!opening) return blank(whole, ' ').replaceAll('\\', ' ');
    return whole.slice(0, opening) + blank(whole.slice(opening, -opening), '_') + whole.slice(-opening);
  });
}

function strayFault(source: string): string | undefined {
  const match = STRAY.exec(source);
  if (!match) return undefined;
  const before = source.slice(0, match.index + match[0].length);
  return `line ${before.split(/\r\n|\r|\n/).length}: unexpected symbol '${before.slice(-1)}'`;
}

/** What the parser takes and gopher-lua does not: numbers of Lua 5.2, and `break` before the end of a block. */
function nodeFault(node: Node, withGoto: boolean): string | undefined {
  if (node.type === 'NumericLiteral' && /^0x.*[.p]/i.test(node.raw)) return `malformed number near '${node.raw}'`;
  if (!withGoto && (node.type === 'GotoStatement' || node.type === 'LabelStatement')) {
    return 'goto and labels are known to Karmada v1.18 and later';
  }
  const body: readonly Node[] = 'body' in node ? node.body : [];
  const early = body.slice(0, -1).some(({ type }) => type === 'BreakStatement');
  return early ? "a block has to end after 'break'" : undefined;
}

/**
 * Why a script does not compile, undefined when it does. Mirrors gopher-lua 1.1.1, which Karmada v1.18 uses: the grammar of
 * Lua 5.1 with the empty statements, `goto` and labels of 5.2, and any letter behind a backslash. The releases before have a
 * gopher-lua without `goto`. A call in parentheses is no statement here, as in Lua itself; gopher-lua takes it. What its
 * compiler limits, such as 200 local names, is not looked at.
 */
export function luaFault(script: string, withGoto: boolean): string | undefined {
  // what stands in a quoted text decides nothing, and Lua 5.2 is strict about backslashes there
  const source = blanked(script);
  let fault = strayFault(source);
  const onCreateNode = (node: Node) => {
    const found = fault === undefined ? nodeFault(node, withGoto) : undefined;
    if (found) fault = `line ${node.loc?.start.line}: ${found}`;
  };
  try {
    parse(source, { luaVersion: '5.2', comments: false, locations: true, encodingMode: 'none', onCreateNode });
  } catch (error) {
    if (error instanceof RangeError) return 'it is nested too deeply';
    if (!(error instanceof SyntaxError)) throw error;
    // its columns are those of the next token
    return error.message.replace(/^\[(\d+):\d+\]/, 'line $1:');
  }
  return fault;
}
