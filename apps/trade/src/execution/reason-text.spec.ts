import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonText } from './reason-text';

const CHECKS = join(__dirname, '../../../../libs/domain/src/risk/checks');

describe('the reason in words', () => {
  const check = (code: string) => ({ check: 'a', passed: false, code, actual: '7.5', limit: '4' });

  it('has the numbers of the check that decided', () => {
    const checks = [{ ...check('max_position'), actual: '9' }, check('insufficient_cash')];
    expect(reasonText(checks, 'insufficient_cash')).toBe('it needs 7.5 with its costs, and 4 is free');
    expect(reasonText([], 'intent_expired')).toBe('it could not be sent in its time');
    expect(reasonText([], 'a_new_code')).toBe('a_new_code');
    expect(reasonText([check('a_new_code')], 'a_new_code')).toBe('a new code: was 7.5, the limit is 4');
  });

  it.each(['connection', 'data', 'signal', 'cash', 'max-position', 'max-daily-trades', 'account-limits'])(
    'is known for every code of %s',
    (name) => {
      const source = readFileSync(join(CHECKS, `${name}.ts`), 'utf8');
      const codes = [...source.matchAll(/failed\(\s*(?:check|'[a-z_]+'),\s*'([a-z_]+)'/g)].map(([, code]) => code!);
      expect(codes.length).toBeGreaterThan(0);
      expect(codes.filter((code) => reasonText([check(code)], code).includes(': was 7.5'))).toEqual([]);
    },
  );
});
