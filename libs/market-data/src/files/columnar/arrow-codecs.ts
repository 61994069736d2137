import { Decompress } from 'fzstd';
import { unpackLz4Frame } from './lz4-frame';

/**
 * Teaches the library lz4 and zstd, which it brings no code for, within a bound on all that is unpacked. Its registry is
 * one for the process, and a file is read in one go, so the bound is that of the file being read.
 */
export function useBoundedCodecs(
  { compressionRegistry, CompressionType }: typeof import('apache-arrow'),
  most: number,
): void {
  let left = most;
  const bounded = (unpack: (data: Uint8Array, most: number) => Uint8Array) => ({
    decode: (data: Uint8Array): Uint8Array => {
      const unpacked = unpack(data, left);
      left -= unpacked.length;
      return unpacked;
    },
  });
  compressionRegistry.set(CompressionType.LZ4_FRAME, bounded(unpackLz4Frame));
  compressionRegistry.set(CompressionType.ZSTD, bounded(unpackZstd));
}

/** @throws RangeError for more than `most` */
function unpackZstd(data: Uint8Array, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((piece) => {
    length += piece.length;
    if (length > most) throw new RangeError('more than may be unpacked');
    pieces.push(piece);
  });
  stream.push(data, true);
  return Buffer.concat(pieces);
}
