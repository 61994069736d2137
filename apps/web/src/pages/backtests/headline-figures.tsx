import { Card, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { metricText, numberIn, textIn } from './metric-text';
import { QueryView } from '../../states/query-view';
import { metricsQuery, type Backtest } from './queries';

const HEADLINES = ['total_return', 'annualized_return', 'sharpe_ratio', 'max_drawdown', 'volatility', 'trade_count'];

/** The figures that everybody looks at first, beside those of buy and hold. */
export function HeadlineFigures({ backtest }: { backtest: Backtest }) {
  const catalogue = useQuery(metricsQuery);
  return (
    <QueryView query={catalogue} lines={3}>
      {(metrics) => (
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="sm">
          {HEADLINES.map((key) => {
            const definition = metrics.find((metric) => metric.key === key);
            if (!definition) return null;
            const hold = numberIn(backtest.buy_hold_metrics, key);
            const reason = textIn(backtest.reasons, key);
            return (
              <Card key={key} withBorder padding="sm" radius="sm" title={definition.definition}>
                <Stack gap={0}>
                  <Text size="xs" c="dimmed">
                    {definition.name}
                  </Text>
                  <Text fw={700} size="lg" className="figure">
                    {metricText(numberIn(backtest.metrics, key), definition.unit)}
                  </Text>
                  <Text size="xs" c="dimmed" className="figure">
                    {reason ?? (hold === null ? '' : `Buy and hold ${metricText(hold, definition.unit)}`)}
                  </Text>
                </Stack>
              </Card>
            );
          })}
        </SimpleGrid>
      )}
    </QueryView>
  );
}
