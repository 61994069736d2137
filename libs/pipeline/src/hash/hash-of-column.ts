import { sha256Hex } from '@assay/primitives';

/** SHA-256 of the bytes of a column, wherever its memory is. */
export function hashOfColumn({ buffer, byteOffset, byteLength }: Float64Array): string {
  // a view of shared memory cannot be hashed, its copy can
  return sha256Hex(new Uint8Array(buffer, byteOffset, byteLength).slice());
}
