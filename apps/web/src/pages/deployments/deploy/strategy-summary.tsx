import { Alert, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { components } from '../../../api/generated/research';
import { PageLink } from '../../../shell/links';
import { StatusBadge } from '../../../states/status-badge';
import { Figure } from '../../../values/figure';
import { Percent } from '../../../values/percent';
import { lineageQuery } from '../queries';
import { isPromotedForPaper } from './promoted-for';

type Strategy = components['schemas']['StrategyDto'];
type Backtest = components['schemas']['BacktestDto'];
type Metrics = Record<string, number | null>;

const ROWS = [
  ['total_return', 'Total return', true],
  ['annualized_return', 'Return a year', true],
  ['sharpe_ratio', 'Sharpe ratio', false],
  ['max_drawdown', 'Deepest fall', true],
] as const;

/** What is deployed, and what it was worth on stored bars. */
export function StrategySummary({ strategy, backtests }: { strategy: Strategy; backtests: readonly Backtest[] }) {
  const promoted = strategy.promoted_revision;
  const revision = promoted ?? strategy.revision;
  const { data: lineage } = useQuery({ ...lineageQuery(strategy.id), enabled: promoted !== null });
  const newest = backtests.find((one) => one.revision === revision);
  const metrics = newest?.metrics as Metrics | undefined;
  const held = newest?.buy_hold_metrics as Metrics | undefined;
  const value = (from: Metrics | undefined, key: string, percent: boolean) =>
    percent ? <Percent fraction={from?.[key]} /> : <Figure value={from?.[key]} digits={3} />;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Group gap="xs">
          <PageLink to="/strategies/$id" params={{ id: strategy.id }} fw={600}>
            {strategy.name}
          </PageLink>
          <StatusBadge status={strategy.status} />
          <Text size="sm" c="dimmed">
            version {revision}
          </Text>
        </Group>
        {metrics ? (
          <Table verticalSpacing={4} aria-label="Backtest of this version" maw={520}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Backtest</Table.Th>
                <Table.Th scope="col" ta="right">
                  Strategy
                </Table.Th>
                <Table.Th scope="col" ta="right">
                  Buy and hold
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {ROWS.map(([key, label, percent]) => (
                <Table.Tr key={key}>
                  <Table.Td>{label}</Table.Td>
                  <Table.Td ta="right">{value(metrics, key, percent)}</Table.Td>
                  <Table.Td ta="right">{value(held, key, percent)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        ) : (
          <Text size="sm" c="dimmed">
            This version has no backtest: nobody knows what it would have made.
          </Text>
        )}
        {promoted !== null && isPromotedForPaper(lineage?.promotions ?? [], promoted) && (
          <Alert color="yellow" variant="light" title="Promoted as exploratory: for paper only">
            What speaks against trusting it with money stands in its validation. On paper it may trade; with money it is
            refused.
          </Alert>
        )}
        {strategy.promoted_revision === null && (
          <Alert color="yellow" variant="light" title="Not promoted: for paper only">
            It has not passed the gates under any policy that was applied. On paper it may trade; with money it is
            refused.
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}
