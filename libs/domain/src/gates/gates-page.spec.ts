import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JUDGED_POLICIES } from '@assay/contracts';
import { GATE_NAMES, PAST_POLICIES, POLICY_DOCUMENTS } from './policy-documents';
import { gatesTable, publishedPolicies } from './published-policies';

const PAGE = readFileSync(join(__dirname, '../../../../docs/gates.md'), 'utf8');

describe('docs/gates.md', () => {
  it('has the table that the policies make: it is generated from them', () => {
    expect(PAGE).toContain(gatesTable());
  });

  it('has a row for every gate', () => {
    for (const gate of GATE_NAMES)
      expect(PAGE.split('\n').filter((line) => line.startsWith(`| \`${gate}\` |`))).toHaveLength(1);
  });
});

describe('the policies as they are published', () => {
  const published = publishedPolicies();

  it('are those in force, and every version before', () => {
    expect(published.map(({ policy, version, state }) => [policy, version, state])).toEqual([
      ['default', '2', 'in_force'],
      ['strict', '2', 'in_force'],
      ['exploratory', '1', 'in_force'],
      ['default', '1', 'replaced'],
      ['strict', '1', 'replaced'],
      ['large_search', '1', 'retired'],
    ]);
  });

  it('have the thresholds of their documents, with words, and reasons where they judge no more', () => {
    const thresholds = (i: number) =>
      Object.fromEntries(published[i]!.gates.map(({ gate, threshold }) => [gate, threshold]));
    JUDGED_POLICIES.forEach((name, i) => {
      const { gates, shown } = POLICY_DOCUMENTS[name];
      expect(thresholds(i)).toEqual({ ...gates, ...shown });
    });
    PAST_POLICIES.forEach(({ gates, why }, i) => {
      expect(thresholds(JUDGED_POLICIES.length + i)).toEqual(gates);
      expect(published[JUDGED_POLICIES.length + i]!.instead).toMatchObject({ why });
    });
    const benchmark = published[0]!.gates.find(({ gate }) => gate === 'benchmark_raw_p');
    expect(benchmark).toMatchObject({ threshold: 0.1, large_ledger_threshold: 0.06, informational: false });
    expect(published[0]!.gates.filter(({ informational }) => informational).map(({ gate }) => gate)).toEqual([
      'deflated_sharpe',
    ]);
  });
});
