/** What made us act: a bar's close, the watch of stops, that of entry orders, a person, or a flatten. */
export type TriggerKind = 'bar' | 'stop' | 'entry' | 'manual' | 'flatten';
export type LegKind = 'close' | 'open' | 'resize';

export interface IntentKeyParts {
  deploymentId: string;
  trigger: TriggerKind;
  /** The bar's close as ISO-8601, of an entry order that of the bar after which it rests; the stop's latch; or the request's id. */
  triggerKey: string;
  leg: LegKind;
  /** From 1; rises only when the attempt before is proven terminal with quantity left. */
  attempt: number;
}

/** The unique key of an order intent. Throws RangeError when a part would make two intents share one key. */
export function intentKey(parts: IntentKeyParts): string {
  const { deploymentId, trigger, triggerKey, leg, attempt } = parts;
  if (!Number.isSafeInteger(attempt) || attempt < 1) throw new RangeError(`attempt must be at least 1, was ${attempt}`);
  for (const part of [deploymentId, triggerKey]) {
    if (part === '' || part.includes('|')) throw new RangeError(`key part must be text without |, was "${part}"`);
  }
  return [deploymentId, trigger, triggerKey, leg, attempt].join('|');
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HASH_BYTES = 16;

/**
 * Client order id: unpadded base32 (RFC 4648, 26 characters) of the first 128 bits of the intent key's hash.
 * @param hash at least 16 bytes of a cryptographic hash of the intent key.
 */
export function clientOrderId(hash: Uint8Array): string {
  if (hash.length < HASH_BYTES) throw new RangeError(`hash must have at least ${HASH_BYTES} bytes, had ${hash.length}`);
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (let i = 0; i < HASH_BYTES; i++) {
    buffer = (buffer << 8) | hash[i];
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return text + BASE32[(buffer << (5 - bits)) & 31];
}
