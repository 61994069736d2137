import { AnswerSeal } from './sealed-answer';

describe('a sealed answer', () => {
  const answer = { status: 201, headers: { 'content-type': 'application/json' }, body: '{"key":"ak_secret"}' };

  it('is the same after opening, and says nothing while it is sealed', () => {
    const seal = new AnswerSeal('s');
    const sealed = seal.seal(answer);
    expect(sealed.toString('latin1')).not.toContain('ak_secret');
    expect(seal.open(sealed)).toEqual(answer);
  });

  it('does not open under another secret, nor after a change', () => {
    const seal = new AnswerSeal('s');
    const sealed = seal.seal(answer);
    expect(new AnswerSeal('t').open(sealed)).toBeNull();
    sealed[sealed.length - 1]! ^= 1;
    expect(seal.open(sealed)).toBeNull();
  });

  it('tells requests apart by where their parts end', () => {
    const seal = new AnswerSeal('s');
    expect(seal.mac('ab', 'c').equals(seal.mac('a', 'bc'))).toBe(false);
    expect(seal.mac('ab', 'c').equals(seal.mac('ab', Buffer.from('c')))).toBe(true);
  });
});
