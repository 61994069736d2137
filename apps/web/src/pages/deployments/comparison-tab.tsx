import { Alert, List, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import type { ChartMarker } from '../../charts/price-canvas';
import { formatExact } from '../../format/number';
import { MARKET_ZONES } from '../../format/time';
import { plural } from '../../format/words';
import { isDaily } from '../../format/timeframe';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { lazyPart } from '../../states/lazy-part';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { Time } from '../../values/time';
import { OverlaySection } from './overlay-section';
import type { DeploymentDetail } from './queries';
import { allFillsQuery, allSignalsQuery, barsQuery, testedSignalsQuery } from './whole-log';
import { barAt, compareFills, compareSignals, pricesWords, type SignalComparison } from './words/comparison';

const PriceChart = lazyPart(() => import('../../charts/price-chart').then((module) => module.PriceChart));

/** Bars left of the first fill that are shown with it. */
const BEFORE = 60;

function Signals({ told, deployment }: { told: SignalComparison; deployment: DeploymentDetail }) {
  const { compared, equal, beyond, differences } = told;
  if (compared === 0) {
    return (
      <Text size="sm">
        None of its bars is in the backtest yet: run the backtest again over newer bars to compare them.
      </Text>
    );
  }
  const same = equal === compared;
  return (
    <Alert
      color={same ? 'teal' : 'red'}
      variant="light"
      title={same ? 'It computes what the backtest computed' : 'It computes something else than the backtest'}
    >
      <Text size="sm">
        {plural(compared, 'bar')} compared, number by number and bit by bit: {equal} equal.
        {beyond > 0 && ` ${plural(beyond, 'newer bar')} not in the backtest.`}
      </Text>
      {differences.length > 0 && (
        <List size="sm" mt="xs">
          {differences.map(({ time, what }) => (
            <List.Item key={time}>
              <Time value={time} market={deployment.market} detail="date" />: {what}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}

/** Its trades on the bars, and trade beside the backtest: what was computed, and at which prices. */
export function ComparisonTab({ deployment }: { deployment: DeploymentDetail }) {
  const id = deployment.deployment_id;
  const fills = useQuery(allFillsQuery(id));
  const signals = useQuery(allSignalsQuery(id));
  const bars = useQuery(barsQuery(deployment));
  const tested = useQuery(testedSignalsQuery(deployment, signals.data?.[0]?.bar_time));
  const problem = fills.error ?? signals.error ?? bars.error ?? tested.error;
  if (problem) return <ProblemAlert problem={problem} />;
  if (!fills.data || !signals.data || !bars.data) return <Loading lines={8} />;
  if (signals.data.length === 0) {
    return (
      <Empty title="Nothing to compare yet">
        After its first bar close, what it computed and paid stands here beside what the backtest says.
      </Empty>
    );
  }
  const all = bars.data;
  const markers = fills.data.flatMap(({ side, qty, filled_at }): ChartMarker[] => {
    const bar = barAt(all, Date.parse(filled_at));
    return bar ? [{ time: bar.time, kind: side === 'BUY' ? 'buy' : 'sell', text: formatExact(qty) }] : [];
  });
  const first = all.findIndex(({ time }) => time >= Date.parse(signals.data[0]!.bar_time));
  const shown = all.slice(Math.max(0, first - BEFORE));
  const daily = isDaily(deployment.timeframe);
  const paid = compareFills(fills.data, all);
  return (
    <Stack gap="lg">
      <Section title="Its trades">
        <Suspense fallback={<Loading lines={8} />}>
          <PriceChart
            label={`${deployment.data_symbol} with the fills of this deployment`}
            bars={shown}
            markers={markers}
            daily={daily}
            {...(daily ? { zone: 'UTC' } : { zone: MARKET_ZONES[deployment.market] })}
          />
        </Suspense>
      </Section>
      <OverlaySection deployment={deployment} bars={all} backtest={tested.data?.id} paid={paid.paid} />
      <Section title="Beside the backtest">
        {tested.data ? (
          <Signals told={compareSignals(signals.data, tested.data.rows)} deployment={deployment} />
        ) : tested.data === null ? (
          <Text size="sm">There is no backtest of version {deployment.strategy_revision} to compare with.</Text>
        ) : (
          <Loading lines={2} />
        )}
        <Paper withBorder p="md">
          <Text size="sm">
            {pricesWords(paid)}
            {paid.compared < paid.fills && ` ${plural(paid.fills - paid.compared, 'fill')} outside of the stored bars.`}
          </Text>
        </Paper>
      </Section>
    </Stack>
  );
}
