import { Card, SimpleGrid, Stack, Table, Tabs, Text } from '@mantine/core';
import type { components } from '../../api/generated/research';
import { formatNumber, NONE } from '../../format/number';
import { inWords } from '../../format/words';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { Time } from '../../values/time';
import { ThresholdScale } from './threshold-scale';
import { gateNamed, verdictsOf, wordsOf, type Verdict } from './verdicts';

const GATE_NAMES: Record<string, string> = {
  walk_forward_sharpe: 'Walk-forward: Sharpe out of sample',
  walk_forward_drawdown: 'Walk-forward: drawdown out of sample',
  walk_forward_profitable_folds: 'Walk-forward: profitable folds',
  overfitting_ratio: 'Overfitting ratio, 1 − out of sample / in sample',
  cpcv_sharpe: 'CPCV: Sharpe out of sample',
  deflated_sharpe: 'Deflated Sharpe probability',
  benchmark_p: 'Better than the market at its own beta, p',
  pbo: 'Probability of backtest overfitting',
  reality_check: "White's reality check, p",
  spa: "Hansen's test of superior predictive ability, p",
  holdout_sharpe: 'Sharpe on the locked holdout',
  look_ahead_audit: 'Looks ahead',
  warm_up_audit: 'Warm-up',
  data_quality_errors: 'Errors in the bars',
  data_quality_acknowledged: 'Warnings nobody acknowledged',
  scored_bars: 'Scored bars',
  fold_bars: 'Bars of the shortest fold',
  group_bars: 'Bars of the shortest CPCV group',
  pbo_block_bars: 'Bars of a PBO block',
  position_changes: 'Trades or position changes',
};

const stateOf = (passed: boolean | null): { status: string; tone: 'good' | 'bad' | 'calm' } => {
  if (passed === null) return { status: 'not judged', tone: 'calm' };
  return passed ? { status: 'passed', tone: 'good' } : { status: 'refused', tone: 'bad' };
};

function VerdictTable({ verdict }: { verdict: Verdict }) {
  const refused = verdict.gates.filter(({ passed }) => passed === false);
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        {verdict.passed
          ? `Passes ${inWords(verdict.policy)}, version ${verdict.version}.`
          : `Refused under ${inWords(verdict.policy)}, version ${verdict.version}${refused.length > 0 ? `: ${refused.map(({ gate }) => GATE_NAMES[gate] ?? inWords(gate)).join('; ')}` : ''}.`}
      </Text>
      <Table.ScrollContainer
        minWidth={720}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Gates' } }}
      >
        <Table verticalSpacing={6} aria-label={`Gates of ${inWords(verdict.policy)}`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Gate</Table.Th>
              <Table.Th scope="col">Verdict</Table.Th>
              <Table.Th scope="col" ta="right">
                Seen
              </Table.Th>
              <Table.Th scope="col" ta="right">
                Threshold
              </Table.Th>
              <Table.Th scope="col">In words</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {verdict.gates.map((gate) => (
              <Table.Tr key={gate.gate}>
                <Table.Th scope="row" fw={500}>
                  {GATE_NAMES[gate.gate] ?? inWords(gate.gate)}
                </Table.Th>
                <Table.Td miw={124}>
                  <StatusBadge {...stateOf(gate.passed)} />
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {formatNumber(gate.value)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {formatNumber(gate.threshold)}
                </Table.Td>
                <Table.Td>
                  <Text size="sm">{wordsOf(gate)}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Stack>
  );
}

/** The verdicts of the policies, gate by gate, with the pictures of the two that are about luck. */
export function GatesSection({ validation }: { validation: components['schemas']['StrategyValidationDto'] }) {
  const verdicts = verdictsOf(validation.gates);
  if (verdicts.length === 0) {
    return (
      <Section title="Gates">
        <Empty title="Not judged yet">
          Run walk-forward and CPCV: then every policy says what was seen, and what would pass.
        </Empty>
      </Section>
    );
  }
  const pbo = gateNamed(verdicts, 'pbo');
  const dsr = gateNamed(verdicts, 'deflated_sharpe');
  const benchmark = gateNamed(verdicts, 'benchmark_p');
  const scales = [
    { gate: dsr, title: 'Deflated Sharpe: probability of skill', good: 'above' as const },
    { gate: pbo, title: 'PBO: probability of backtest overfitting', good: 'below' as const },
    { gate: benchmark, title: 'Benchmark p: chance of this without skill', good: 'below' as const },
  ];
  return (
    <Section title="Gates">
      <Text size="sm" c="dimmed">
        Judged {validation.gates_at ? <Time value={validation.gates_at} /> : NONE}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        {scales.map(
          ({ gate, title, good }) =>
            gate && (
              <Card key={gate.gate} withBorder padding="sm" radius="sm">
                <ThresholdScale
                  title={title}
                  value={gate.value}
                  threshold={gate.threshold}
                  good={good}
                  words={wordsOf(gate)}
                />
              </Card>
            ),
        )}
      </SimpleGrid>
      <Tabs defaultValue={verdicts[0]!.policy}>
        <Tabs.List mb="sm">
          {verdicts.map(({ policy, passed }) => (
            <Tabs.Tab key={policy} value={policy}>
              {inWords(policy)} <span aria-hidden="true">{passed ? '✓' : '✕'}</span>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {verdicts.map((verdict) => (
          <Tabs.Panel key={verdict.policy} value={verdict.policy}>
            <VerdictTable verdict={verdict} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}
