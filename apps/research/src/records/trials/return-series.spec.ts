import fc from 'fast-check';
import { columnHash, packColumn, packColumns, unpackColumn } from './return-series';

describe('a packed column', () => {
  it('comes back with the same bits', () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 50 }), (column) => {
        const back = unpackColumn(packColumn(column), column.length);
        expect(new BigUint64Array(back.buffer)).toEqual(new BigUint64Array(column.slice().buffer));
      }),
    );
  });

  it('is packed alike whether it stands alone, within a larger one or in shared memory', () => {
    const whole = Float64Array.from({ length: 20 }, (_, i) => Math.sin(i));
    const part = whole.subarray(5, 15);
    const shared = new Float64Array(new SharedArrayBuffer(part.byteLength));
    shared.set(part);
    expect(packColumn(part)).toEqual(packColumn(part.slice()));
    expect(packColumn(shared)).toEqual(packColumn(part.slice()));
    expect(columnHash(part)).toBe(columnHash(part.slice()));
  });

  it('is refused when it has another length than it should', () => {
    const packed = packColumn(new Float64Array(3));
    expect(() => unpackColumn(packed, 4)).toThrow('8 bytes for each of 4 bars, had 24');
  });

  it('has the SHA-256 of its bytes as hash', () => {
    // printf '\0\0\0\0\0\0\360\077' | sha256sum
    expect(columnHash(Float64Array.of(1))).toBe('6c3c396ed6b5c36dcae172271f462051b1266b851e92df3deea8ac65478fd712');
  });

  it('is packed alike among many', async () => {
    const columns = Array.from({ length: 150 }, (_, i) => Float64Array.of(i, -i));
    expect(await packColumns(columns)).toEqual(columns.map(packColumn));
  });
});
