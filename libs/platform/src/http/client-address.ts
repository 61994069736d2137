import { createHmac, timingSafeEqual } from 'node:crypto';
import { derivedKey } from '../sealing';

/** Says for whom the pages' server asks; signed, since whoever reaches a service could send it. */
export const CLIENT_HEADER = 'x-assay-client';

const keys = new Map<string, Buffer>();

function macOf(address: string, secret: string): string {
  const key = keys.get(secret) ?? derivedKey(secret, 'client address');
  keys.set(secret, key);
  return createHmac('sha256', key).update(address).digest('base64url');
}

/** The value of the header. */
export const signedAddress = (address: string, secret: string): string => `${address} ${macOf(address, secret)}`;

interface Arriving {
  ip: string;
  headers: Record<string, string | string[] | undefined>;
}

/** The address that a request comes from: that of the connection, unless our own pages' server says for whom it asks. */
export function clientAddress({ ip, headers }: Arriving, secret: string): string {
  const given = headers[CLIENT_HEADER];
  if (typeof given !== 'string') return ip;
  const [address = '', mac = ''] = given.split(' ');
  const [sent, right] = [Buffer.from(mac), Buffer.from(macOf(address, secret))];
  return sent.length === right.length && timingSafeEqual(sent, right) ? address : ip;
}
