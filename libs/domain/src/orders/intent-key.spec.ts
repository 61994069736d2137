import fc from 'fast-check';
import { clientOrderId, intentKey } from './intent-key';

describe('an intent', () => {
  const parts = {
    deploymentId: 'd',
    trigger: 'bar',
    triggerKey: '2026-01-02T21:00:00.000Z',
    leg: 'open',
    attempt: 1,
  } as const;

  it('has one key per deployment, trigger, leg and attempt', () => {
    expect(intentKey(parts)).toBe('d|bar|2026-01-02T21:00:00.000Z|open|1');
    expect(() => intentKey({ ...parts, attempt: 0 })).toThrow('attempt must be at least 1, was 0');
    expect(() => intentKey({ ...parts, triggerKey: 'a|b' })).toThrow(RangeError);
    expect(() => intentKey({ ...parts, deploymentId: '' })).toThrow(RangeError);
  });

  it('has a client order id of 26 base32 characters, as RFC 4648 has it', () => {
    expect(clientOrderId(new TextEncoder().encode('foobarfoobarfoob'))).toBe('MZXW6YTBOJTG633CMFZGM33PMI');
    expect(clientOrderId(new Uint8Array(32).fill(255))).toBe('7777777777777777777777777Y'.slice(0, 25) + '4');
    expect(() => clientOrderId(new Uint8Array(15))).toThrow('hash must have at least 16 bytes, had 15');
  });

  it('has another client order id for another hash', () => {
    const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(clientOrderId(a)).toMatch(/^[A-Z2-7]{26}$/);
        expect(clientOrderId(a) === clientOrderId(b)).toBe(a.every((byte, i) => byte === b[i]));
      }),
    );
  });
});
