/**
 * Finds the number of an event in a frame without parsing the rest. The delivery ids of a run end in the number of the
 * event in its supplier's feed (bench/delivery/feed.mjs).
 */
const mark = Buffer.from('"leadId":"');
const digits = 12;
const idLength = 36;

/** The offset of the number in this frame. */
export function numberAt(frame) {
  const at = frame.indexOf(mark);
  return at < 0 ? -1 : at + mark.length + idLength - digits;
}

export function numberIn(frame) {
  const at = numberAt(frame);
  return at < 0 ? null : Number.parseInt(frame.latin1Slice(at, at + digits), 16);
}

/** The same frame for another event, as sent by a server that does not build its answers. */
export function renumbered(frame, number) {
  const copy = Buffer.from(frame);
  copy.latin1Write(number.toString(16).padStart(digits, "0"), numberAt(frame), digits);
  return copy;
}
