import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Section } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { metricText, numberIn, textIn } from './metric-text';
import { metricsQuery, type Backtest } from './queries';

const BETTER = { higher: 'higher is better', lower: 'lower is better' };

/** Every metric of the catalogue with its definition; in place of a value that is undefined, why it is. */
export function MetricsTable({ backtest }: { backtest: Backtest }) {
  const catalogue = useQuery(metricsQuery);
  const against = backtest.benchmark_metrics;
  const cell = (values: unknown, reasons: unknown, key: string, unit: string) => {
    const value = numberIn(values, key);
    const reason = textIn(reasons, key);
    return value === null && reason ? (
      <Text span size="xs" c="dimmed">
        {reason}
      </Text>
    ) : (
      metricText(value, unit)
    );
  };
  return (
    <Section title="Metrics">
      <QueryView query={catalogue} lines={10}>
        {(metrics) => (
          <Table.ScrollContainer
            minWidth={560}
            scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': 'Metrics' } }}
          >
            <Table verticalSpacing={6} striped aria-label="Metrics of the strategy and of buy and hold">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Metric</Table.Th>
                  <Table.Th scope="col" ta="right">
                    Strategy
                  </Table.Th>
                  <Table.Th scope="col" ta="right">
                    Buy and hold
                  </Table.Th>
                  {against && (
                    <Table.Th scope="col" ta="right">
                      Benchmark
                    </Table.Th>
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {metrics.map(({ key, name, unit, definition, better }) => (
                  <Table.Tr key={key}>
                    <Table.Th scope="row" fw={500}>
                      {name}
                      <Text size="xs" c="dimmed" fw={400}>
                        {definition}
                        {unit === 'fraction per year' && '; a year'}
                        {unit === 'bars' && '; bars'}
                        {better && `; ${BETTER[better]}`}
                      </Text>
                    </Table.Th>
                    <Table.Td ta="right" className="figure">
                      {cell(backtest.metrics, backtest.reasons, key, unit)}
                    </Table.Td>
                    <Table.Td ta="right" className="figure">
                      {cell(backtest.buy_hold_metrics, backtest.buy_hold_reasons, key, unit)}
                    </Table.Td>
                    {against && (
                      <Table.Td ta="right" className="figure">
                        {cell(against, backtest.benchmark_reasons, key, unit)}
                      </Table.Td>
                    )}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </QueryView>
    </Section>
  );
}
