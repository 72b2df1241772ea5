/** Reads one label of a domain in its ASCII form (RFC 3492). Writing that form is left to URL, which also checks it. */
const [base, tMin, tMax, skew, damp, initialBias, initialCode] = [36, 1, 26, 38, 700, 72, 128];
const prefix = "xn--";

/** `xn--exmple-cva` becomes `exémple`. Other labels, and those that cannot be read, are returned as they are. */
export function unicodeLabel(label: string): string {
  if (!label.startsWith(prefix)) return label;
  const written = label.slice(prefix.length);
  const end = written.lastIndexOf("-");
  const codes = Array.from(end > 0 ? written.slice(0, end) : "", (sign) => sign.charCodeAt(0));
  return written !== "" && insertAll(codes, written.slice(end + 1)) ? String.fromCodePoint(...codes) : label;
}

/** Inserts the characters that `deltas` describes into `codes`. False for deltas that describe none. */
function insertAll(codes: number[], deltas: string): boolean {
  let [code, position, bias, at] = [initialCode, 0, initialBias, 0];
  while (at < deltas.length) {
    const number = readNumber(deltas, at, bias);
    if (number === null) return false;
    const length = codes.length + 1;
    bias = adapt(number.value, length, position === 0 && code === initialCode);
    position += number.value;
    code += Math.floor(position / length);
    position %= length;
    if (code > 0x10ffff) return false;
    codes.splice(position, 0, code);
    position += 1;
    at = number.end;
  }
  return true;
}

function readNumber(deltas: string, start: number, bias: number): { value: number; end: number } | null {
  let [value, weight] = [0, 1];
  for (let at = start, k = base; at < deltas.length; at += 1, k += base) {
    const digit = digitOf(deltas.charCodeAt(at));
    const threshold = Math.min(Math.max(k - bias, tMin), tMax);
    value += digit * weight;
    if (digit < 0 || value > 0x7fffffff) return null;
    if (digit < threshold) return { value, end: at + 1 };
    weight *= base - threshold;
  }
  return null;
}

/** a to z are 0 to 25, and 0 to 9 are 26 to 35. */
function digitOf(sign: number): number {
  if (sign >= 0x61 && sign <= 0x7a) return sign - 0x61;
  return sign >= 0x30 && sign <= 0x39 ? sign - 0x30 + 26 : -1;
}

function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(isFirst ? delta / damp : delta / 2);
  rest += Math.floor(rest / length);
  let k = 0;
  while (rest > ((base - tMin) * tMax) / 2) {
    rest = Math.floor(rest / (base - tMin));
    k += base;
  }
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}
