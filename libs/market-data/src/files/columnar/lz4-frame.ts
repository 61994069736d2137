const MAGIC = 0x184d2204;
const STORED_BLOCK = 0x80000000;
const FIRST_BYTES = 64 * 1024;
const SHORTEST_MATCH = 4;

/** Output that grows as it is written, up to a bound. */
class Growing {
  bytes: Uint8Array;
  length = 0;

  constructor(
    first: number,
    private readonly most: number,
  ) {
    this.bytes = new Uint8Array(Math.min(first, most));
  }

  /** @throws RangeError beyond the bound */
  reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted > this.most) throw new RangeError('more than may be unpacked');
    if (wanted <= this.bytes.length) return;
    const grown = new Uint8Array(Math.min(this.most, Math.max(wanted, 2 * this.bytes.length)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  put(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  /** Repeats what lies `distance` back, also into itself. @throws Error for a place before the beginning */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.length) throw new Error('lz4: a match lies before the beginning');
    this.reserve(count);
    const { bytes, length } = this;
    if (distance >= count) bytes.copyWithin(length, length - distance, length - distance + count);
    else for (let i = 0; i < count; i += 1) bytes[length + i] = bytes[length + i - distance];
    this.length += count;
  }
}

/**
 * Unpacks one LZ4 frame (format 1.6.x) into at most `most` bytes; its checksums are not compared. @throws Error for
 * damaged data, RangeError for more than `most`
 */
export function unpackLz4Frame(data: Uint8Array, most: number): Uint8Array {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < 7 || view.getUint32(0, true) !== MAGIC) throw new Error('lz4: no frame');
  const flags = data[4];
  const [hasBlockSum, hasSize, hasDictionary] = [0x10, 0x08, 0x01].map((flag) => (flags & flag) !== 0);
  if (flags >> 6 !== 1 || hasDictionary) throw new Error('lz4: a frame of another version or with a dictionary');
  let at = 6;
  let size = FIRST_BYTES;
  if (hasSize) {
    size = Number(view.getBigUint64(at, true));
    if (size > most) throw new RangeError('more than may be unpacked');
    at += 8;
  }
  at += 1;
  const out = new Growing(size, most);
  for (;;) {
    const head = view.getUint32(at, true);
    at += 4;
    if (head === 0) return out.bytes.subarray(0, out.length);
    const length = head & ~STORED_BLOCK;
    const block = data.subarray(at, at + length);
    if (block.length !== length) throw new Error('lz4: a block is cut off');
    if ((head & STORED_BLOCK) !== 0) out.put(block);
    else unpackBlock(block, out);
    at += length + (hasBlockSum ? 4 : 0);
  }
}

function unpackBlock(block: Uint8Array, out: Growing): void {
  let at = 0;
  const longer = (short: number): number => {
    if (short !== 15) return short;
    let length = short;
    for (;;) {
      if (at >= block.length) throw new Error('lz4: a length is cut off');
      const more = block[at];
      at += 1;
      length += more;
      if (more !== 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at];
    at += 1;
    const literals = longer(token >> 4);
    if (at + literals > block.length) throw new Error('lz4: literals are cut off');
    out.put(block.subarray(at, at + literals));
    at += literals;
    if (at === block.length) return;
    if (at + 2 > block.length) throw new Error('lz4: a match is cut off');
    const distance = block[at] | (block[at + 1] << 8);
    at += 2;
    out.repeat(distance, longer(token & 15) + SHORTEST_MATCH);
  }
}
