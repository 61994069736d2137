import { crc32, inflateRawSync } from 'node:zlib';
import { tooLarge, unreadable } from './limit';

/** One file of an archive. */
export interface ZipEntry {
  name: string;
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  unpacked: number;
  /** Of its local header. */
  offset: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const IN_ZIP64 = 0xffffffff;
const damaged = (why: string): Error => unreadable('zip', `content must be a whole zip archive, ${why}`);

/** The files of a zip archive, without folders and what desktops add. @throws DomainError for a damaged one */
export function zipEntries(bytes: Buffer): ZipEntry[] {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (at === IN_ZIP64 || count === 0xffff)
    throw unreadable('zip', 'content must be a zip archive of less than 4 GiB, was a zip64 one');
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged('its list of files is broken');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const name = bytes.toString('utf8', at + 46, at + 46 + nameBytes);
    const entry = {
      name,
      method: bytes.readUInt16LE(at + 10),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    if (!name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.DS_Store$|\._)/.test(name)) entries.push(entry);
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

function endOf(bytes: Buffer): number {
  for (let at = bytes.length - END_BYTES; at >= Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT); at -= 1)
    if (bytes.readUInt32LE(at) === END) return at;
  throw damaged('its end is missing');
}

/** The bytes of one file, of at most `most`. @throws DomainError */
export function unzipped(bytes: Buffer, entry: ZipEntry, most: number): Buffer {
  const { name, method, offset, packed, unpacked } = entry;
  if (entry.encrypted) throw unreadable('zip', `content must not be encrypted, ${name} is: unpack it first`);
  if (method !== STORED && method !== DEFLATED)
    throw unreadable(
      'zip',
      `content must be stored or deflated, ${name} is packed by method ${method}: unpack it first`,
    );
  if (unpacked > most) throw tooLarge(name, most);
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== LOCAL)
    throw damaged(`${name} is not where its list says`);
  const from = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (from + packed > bytes.length) throw damaged(`${name} is cut off`);
  const data =
    method === STORED
      ? bytes.subarray(from, from + packed)
      : inflated(bytes.subarray(from, from + packed), name, unpacked);
  if (data.length !== unpacked || crc32(data) !== entry.crc) throw damaged(`${name} does not match its checksum`);
  return data;
}

/** At most as long as its list says: that is what was judged. */
function inflated(packed: Buffer, name: string, unpacked: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, unpacked) });
  } catch {
    throw damaged(`${name} cannot be unpacked to the ${unpacked} bytes that its list says`);
  }
}
