import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GATE_NAMES, POLICY_DOCUMENTS } from './policy-documents';

const PAGE = readFileSync(join(__dirname, '../../../../docs/gates.md'), 'utf8');
const POLICIES = ['default', 'large_search', 'strict', 'exploratory'] as const;
const rows = PAGE.split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('docs/gates.md', () => {
  it('has the columns of the policies', () => {
    expect(PAGE).toContain(`| ${POLICIES.map((name) => `\`${name}\``).join(' | ')} |`);
  });

  it.each(GATE_NAMES)('has the bounds of %s', (gate) => {
    const own = rows.filter(([, names]) => names!.split(', ').includes(`\`${gate}\``));
    expect(own).toHaveLength(1);
    const bounds = POLICIES.map((name) => POLICY_DOCUMENTS[name].gates[gate]);
    expect(own[0]!.slice(3, 7)).toEqual(bounds.map((bound) => (bound === undefined ? '' : String(bound))));
  });
});
