import { Text } from '@mantine/core';
import type { components } from '../../api/generated/trade';
import { answer, trade } from '../../api/clients';
import { formatExact, formatNumber, formatPrice } from '../../format/number';
import { isDaily } from '../../format/timeframe';
import { timesInText } from '../../format/times-in-text';
import { Empty } from '../../states/empty';
import { StatusBadge } from '../../states/status-badge';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Money } from '../../values/money';
import { Time } from '../../values/time';
import { DecisionList } from './decision-list';
import type { Deployment, DeploymentDetail } from './queries';
import { reasonWords } from './words/reasons';
import { runOutcome, runReason } from './words/run';

type Schemas = components['schemas'];
type Log = 'trades' | 'orders' | 'fills' | 'runs' | 'signals';
interface Props {
  deployment: DeploymentDetail;
}

const params = (id: string, cursor: string | undefined) => ({
  path: { deploymentId: id },
  query: { cursor, limit: 100, order: 'newest' as const },
});
const csv = (id: string, log: Log): string => `/api/v1/deployments/${id}/${log}/export?format=csv`;

const Side = ({ side }: { side: string }) => <>{side === 'BUY' ? 'Buy' : 'Sell'}</>;

export function DecisionsTab({ deployment }: Props) {
  const id = deployment.deployment_id;
  const list = useCursorList(['deployment', id, 'trades'], (cursor, signal) =>
    answer(trade.GET('/api/v1/deployments/{deploymentId}/trades', { params: params(id, cursor), signal })),
  );
  return <DecisionList list={list} market={deployment.market} csv={csv(id, 'trades')} />;
}

const orderColumns = ({ market }: Deployment): Column<Schemas['OrderDto']>[] => [
  { key: 'sent', header: 'Sent', cell: (row) => <Time value={row.sent_at} market={market} detail="second" /> },
  { key: 'side', header: 'Side', cell: (row) => <Side side={row.side} /> },
  { key: 'qty', header: 'Quantity', align: 'right', cell: (row) => formatExact(row.qty) },
  { key: 'filled', header: 'Filled', align: 'right', cell: (row) => formatExact(row.filled_qty) },
  { key: 'price', header: 'Average price', align: 'right', cell: (row) => formatPrice(row.average_price) },
  {
    key: 'state',
    header: 'State',
    cell: (row) => (
      <>
        <StatusBadge status={row.state} />
        {row.reject_code && (
          <Text size="xs" c="dimmed">
            {reasonWords(row.reject_code)}
            {row.message && `: ${timesInText(row.message)}`}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'type',
    header: 'Type',
    cell: (row) =>
      `${row.order_type}${row.limit_price === null ? '' : ` at ${formatPrice(row.limit_price)}`}${row.reduce_only ? ', exits only' : ''}`,
    wide: true,
  },
];

export function OrdersTab({ deployment }: Props) {
  const id = deployment.deployment_id;
  const list = useCursorList(['deployment', id, 'orders'], (cursor, signal) =>
    answer(trade.GET('/api/v1/deployments/{deploymentId}/orders', { params: params(id, cursor), signal })),
  );
  return (
    <DataTable
      label="Orders"
      columns={orderColumns(deployment)}
      list={list}
      rowKey={(row) => row.order_id}
      csv={csv(id, 'orders')}
      empty={<Empty title="No order yet">An order is sent when a decision changes the position.</Empty>}
    />
  );
}

const fillColumns = ({ market }: Deployment): Column<Schemas['FillDto']>[] => [
  { key: 'at', header: 'Filled', cell: (row) => <Time value={row.filled_at} market={market} detail="second" /> },
  { key: 'side', header: 'Side', cell: (row) => <Side side={row.side} /> },
  { key: 'qty', header: 'Quantity', align: 'right', cell: (row) => formatExact(row.qty) },
  { key: 'price', header: 'Price', align: 'right', cell: (row) => formatPrice(row.price) },
  { key: 'fee', header: 'Fee', align: 'right', cell: (row) => <Money amount={row.fee} /> },
];

export function FillsTab({ deployment }: Props) {
  const id = deployment.deployment_id;
  const list = useCursorList(['deployment', id, 'fills'], (cursor, signal) =>
    answer(trade.GET('/api/v1/deployments/{deploymentId}/fills', { params: params(id, cursor), signal })),
  );
  return (
    <DataTable
      label="Fills"
      columns={fillColumns(deployment)}
      list={list}
      rowKey={(row) => row.fill_id}
      csv={csv(id, 'fills')}
      empty={<Empty title="No fill yet">What the venue has filled of the orders stands here, with its fees.</Empty>}
    />
  );
}

const RUN_TONES = { waiting_for_bars: 'warning', done: 'good', caught_up: 'warning', missed: 'bad' } as const;

const runColumns = ({ market }: Deployment): Column<Schemas['RunDto']>[] => [
  { key: 'bar', header: 'Bar closed', cell: (row) => <Time value={row.bar_close_time} market={market} /> },
  {
    key: 'state',
    header: 'State',
    cell: (row) => (
      <StatusBadge status={row.state} tone={row.outcome === 'refused' ? 'warning' : RUN_TONES[row.state]} />
    ),
  },
  { key: 'outcome', header: 'Outcome', cell: runOutcome },
  { key: 'reason', header: 'Why', cell: (row) => timesInText(runReason(row)), wide: true },
  {
    key: 'trigger',
    header: 'Started by',
    cell: (row) => (row.trigger === 'manual' ? 'a person' : 'the bar'),
    wide: true,
  },
];

export function RunsTab({ deployment }: Props) {
  const id = deployment.deployment_id;
  const list = useCursorList(['deployment', id, 'runs'], (cursor, signal) =>
    answer(trade.GET('/api/v1/deployments/{deploymentId}/runs', { params: params(id, cursor), signal })),
  );
  return (
    <DataTable
      label="Runs"
      columns={runColumns(deployment)}
      list={list}
      rowKey={(row) => row.run_id}
      csv={csv(id, 'runs')}
      empty={
        <Empty title="No run yet">
          Each bar close is evaluated once; also those that came late or were missed stand here.
        </Empty>
      }
    />
  );
}

function signalColumns(deployment: Deployment, features: readonly string[]): Column<Schemas['SignalDto']>[] {
  const detail = isDaily(deployment.timeframe) ? 'date' : 'minute';
  return [
    {
      key: 'bar',
      header: 'Bar',
      cell: (row) => <Time value={row.bar_time} market={deployment.market} detail={detail} />,
    },
    { key: 'signal', header: 'Signal', align: 'right', cell: (row) => formatNumber(row.signal) },
    { key: 'weight', header: 'Weight', align: 'right', cell: (row) => formatNumber(row.weight) },
    {
      key: 'prediction',
      header: 'Prediction',
      align: 'right',
      cell: (row) => formatNumber(row.prediction),
      wide: true,
    },
    ...features.map((name): Column<Schemas['SignalDto']> => ({
      key: `feature ${name}`,
      header: name,
      align: 'right',
      cell: (row) => formatNumber((row.features as Record<string, number | null>)[name]),
      wide: true,
    })),
    { key: 'decision', header: 'Decision', cell: (row) => reasonWords(row.decision) },
  ];
}

const MOST_FEATURES = 6;

export function SignalsTab({ deployment }: Props) {
  const id = deployment.deployment_id;
  const list = useCursorList(['deployment', id, 'signals'], (cursor, signal) =>
    answer(trade.GET('/api/v1/deployments/{deploymentId}/signals', { params: params(id, cursor), signal })),
  );
  const features = Object.keys(list.rows?.[0]?.features ?? {}).slice(0, MOST_FEATURES);
  return (
    <DataTable
      label="Signals"
      columns={signalColumns(deployment, features)}
      list={list}
      rowKey={(row) => row.bar_time}
      csv={csv(id, 'signals')}
      empty={
        <Empty title="No signal yet">
          What was computed for each bar stands here, with all its features in the file.
        </Empty>
      }
    />
  );
}
