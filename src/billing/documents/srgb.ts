/**
 * Builds the sRGB colour space as an ICC profile (version 2.1, IEC 61966-2-1), which PDF/A requires.
 * Primaries and white point are adapted to D50; the curve is a gamma of 2.2, the closest approximation with a
 * single number.
 */
const s15Fixed16 = (value: number): number => Math.round(value * 65_536);

const d50 = [0.9642, 1, 0.8249] as const;
const primaries = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
} as const;

export function srgbProfile(): Uint8Array {
  const tags: [name: string, data: Buffer][] = [
    ["desc", description("sRGB")],
    ["cprt", text("No copyright")],
    ["wtpt", xyz(d50)],
    ...Object.entries(primaries).map(([name, point]): [string, Buffer] => [name, xyz(point)]),
    ...["rTRC", "gTRC", "bTRC"].map((name): [string, Buffer] => [name, gamma(2.2)]),
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const parts: Buffer[] = [];
  let offset = 128 + table.length;
  for (const [index, [name, data]] of tags.entries()) {
    table.write(name, 4 + 12 * index, "latin1");
    table.writeUInt32BE(offset, 8 + 12 * index);
    table.writeUInt32BE(data.length, 12 + 12 * index);
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat([header(offset), table, ...parts]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write("mntrRGB XYZ ", 12, "latin1");
  // A fixed creation date, so the same document always gives the same bytes.
  for (const [index, part] of [2026, 1, 1].entries()) bytes.writeUInt16BE(part, 24 + 2 * index);
  bytes.write("acsp", 36, "latin1");
  for (const [index, part] of d50.entries()) bytes.writeInt32BE(s15Fixed16(part), 68 + 4 * index);
  return bytes;
}

function xyz(point: readonly number[]): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.write("XYZ ", 0, "latin1");
  for (const [index, part] of point.entries()) bytes.writeInt32BE(s15Fixed16(part), 8 + 4 * index);
  return bytes;
}

function gamma(value: number): Buffer {
  const bytes = Buffer.alloc(14);
  bytes.write("curv", 0, "latin1");
  bytes.writeUInt32BE(1, 8);
  bytes.writeUInt16BE(Math.round(value * 256), 12);
  return bytes;
}

const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from("text\0\0\0\0", "latin1"), Buffer.from(`${value}\0`, "latin1")]);

function description(value: string): Buffer {
  const ascii = Buffer.from(`${value}\0`, "latin1");
  const count = Buffer.alloc(4);
  count.writeUInt32BE(ascii.length);
  // 78 zero bytes: no Unicode and no Macintosh description.
  return Buffer.concat([Buffer.from("desc\0\0\0\0", "latin1"), count, ascii, Buffer.alloc(78)]);
}
