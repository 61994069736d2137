import { Card, SimpleGrid, Stack, Table, Tabs, Text } from '@mantine/core';
import type { components } from '../../api/generated/research';
import { formatNumber, NONE } from '../../format/number';
import { inWords } from '../../format/words';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { GateAnswer } from '../../values/gate-answer';
import { Time } from '../../values/time';
import { ThresholdScale } from './threshold-scale';
import { gateNamed, verdictsOf, type Gate, type Verdict } from './verdicts';

const stateOf = ({ passed, informational }: Gate): { status: string; tone: 'good' | 'bad' | 'calm' } => {
  if (informational) return { status: 'shown', tone: 'calm' };
  if (passed === null) return { status: 'not judged', tone: 'calm' };
  return passed ? { status: 'passed', tone: 'good' } : { status: 'refused', tone: 'bad' };
};

function VerdictTable({ verdict }: { verdict: Verdict }) {
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600}>
        <GateAnswer words={verdict.words} />
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
                  {gate.title}
                </Table.Th>
                <Table.Td miw={124}>
                  <StatusBadge {...stateOf(gate)} />
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {formatNumber(gate.value)}
                </Table.Td>
                <Table.Td ta="right" className="figure">
                  {formatNumber(gate.threshold)}
                </Table.Td>
                <Table.Td>
                  <Text size="sm">
                    <GateAnswer words={gate.words} />
                  </Text>
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
  // verdicts of the first version decide by the deflated ratio
  const sharpe = gateNamed(verdicts, 'probabilistic_sharpe') ?? gateNamed(verdicts, 'deflated_sharpe');
  const benchmark = gateNamed(verdicts, 'benchmark_p');
  const scales = [
    { gate: sharpe, good: 'above' as const },
    { gate: pbo, good: 'below' as const },
    { gate: benchmark, good: 'below' as const },
  ];
  return (
    <Section title="Gates">
      <Text size="sm" c="dimmed">
        Judged {validation.gates_at ? <Time value={validation.gates_at} /> : NONE}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        {scales.map(
          ({ gate, good }) =>
            gate && (
              <Card key={gate.gate} withBorder padding="sm" radius="sm">
                <ThresholdScale
                  title={gate.title}
                  value={gate.value}
                  threshold={gate.threshold}
                  good={good}
                  words={gate.words}
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
