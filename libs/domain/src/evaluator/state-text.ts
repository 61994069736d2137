import type { EvaluatorState } from './types';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PREFIX = 'evaluator-state.1';

/** Text of a state, `evaluator-state.1:<bars>:<base64 of the little-endian doubles>`; exact, NaN bits included. */
export function encodeState(state: EvaluatorState): string {
  const bytes = new Uint8Array(state.data.length * 8);
  const view = new DataView(bytes.buffer);
  state.data.forEach((value, i) => view.setFloat64(i * 8, value, true));
  return `${PREFIX}:${state.bars}:${toBase64(bytes)}`;
}

/** Throws RangeError when the text is not one `encodeState` wrote. */
export function decodeState(text: string): EvaluatorState {
  const [prefix, bars, base64, ...rest] = text.split(':');
  if (prefix !== PREFIX || !/^\d+$/.test(bars ?? '') || base64 === undefined || rest.length > 0) {
    throw new RangeError(`state must begin with ${PREFIX}:, was ${text.slice(0, 40)}`);
  }
  const bytes = fromBase64(base64);
  if (bytes.length % 8 !== 0) throw new RangeError(`state must be whole doubles, was ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer);
  const data = Float64Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(i * 8, true));
  return { version: 1, bars: Number(bars), data };
}

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    parts.push(
      ALPHABET[group >> 18],
      ALPHABET[(group >> 12) & 63],
      left > 1 ? ALPHABET[(group >> 6) & 63] : '=',
      left > 2 ? ALPHABET[group & 63] : '=',
    );
  }
  return parts.join('');
}

function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new RangeError('state must be base64, was not');
  }
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let group = 0;
    for (let k = 0; k < 4; k++) group = (group << 6) | Math.max(0, ALPHABET.indexOf(text[i + k]));
    for (let shift = 16; shift >= 0 && at < bytes.length; shift -= 8) bytes[at++] = (group >> shift) & 255;
  }
  return bytes;
}
