import { Anchor, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { PriceChart } from '../../charts/price-chart';
import { useBars } from '../../charts/use-bars';
import { placesOfPrices } from '../../charts/bars';
import { formatCount, formatPlaces } from '../../format/number';
import { inWords } from '../../format/words';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Percent } from '../../values/percent';
import { Time } from '../../values/time';
import { numberIn, textIn } from './metric-text';
import { tradesQuery, type Backtest } from './queries';
import { marksOfTrades, type Trade } from './trade-marks';

interface Props {
  backtest: Backtest;
  daily: boolean;
}

const columns = (daily: boolean, several: boolean, places: number, onShow: (trade: Trade) => void): Column<Trade>[] => [
  {
    key: 'entry',
    header: 'Entered',
    cell: (row) => (
      <Anchor component="button" type="button" fz="sm" onClick={() => onShow(row)} title="Show on the chart">
        {daily ? (textIn(row, 'entry_time') ?? '').slice(0, 10) : <Time value={textIn(row, 'entry_time')} />}
      </Anchor>
    ),
    sortBy: (row) => textIn(row, 'entry_time'),
  },
  {
    key: 'exit',
    header: 'Left',
    cell: (row) =>
      daily ? (textIn(row, 'exit_time') ?? 'Open').slice(0, 10) : <Time value={textIn(row, 'exit_time')} />,
    sortBy: (row) => textIn(row, 'exit_time'),
  },
  ...(several ? [{ key: 'symbol', header: 'Symbol', cell: (row: Trade) => textIn(row, 'symbol') }] : []),
  {
    key: 'side',
    header: 'Side',
    cell: (row) => inWords(textIn(row, 'side') ?? ''),
    sortBy: (row) => textIn(row, 'side'),
  },
  {
    key: 'in',
    header: 'Entry price',
    align: 'right',
    cell: (row) => formatPlaces(numberIn(row, 'entry_price'), places),
    wide: true,
  },
  {
    key: 'out',
    header: 'Exit price',
    align: 'right',
    cell: (row) => formatPlaces(numberIn(row, 'exit_price'), places),
    wide: true,
  },
  {
    key: 'bars',
    header: 'Bars',
    align: 'right',
    cell: (row) => formatCount(numberIn(row, 'bars_held')),
    sortBy: (row) => numberIn(row, 'bars_held'),
    wide: true,
  },
  {
    key: 'net',
    header: 'Net return',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'net_return')} change />,
    sortBy: (row) => numberIn(row, 'net_return'),
  },
  {
    key: 'mae',
    header: 'Worst in it',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'mae')} />,
    sortBy: (row) => numberIn(row, 'mae'),
    wide: true,
  },
  {
    key: 'mfe',
    header: 'Best in it',
    align: 'right',
    cell: (row) => <Percent fraction={numberIn(row, 'mfe')} />,
    sortBy: (row) => numberIn(row, 'mfe'),
    wide: true,
  },
  { key: 'reason', header: 'Left by', cell: (row) => inWords(textIn(row, 'reason') ?? ''), wide: true },
];

/** Round trips on the candles and as a table. */
export function TradesSection({ backtest, daily }: Props) {
  const query = useQuery(tradesQuery(backtest.id));
  return (
    <Section title="Trades">
      <QueryView query={query}>{(trades) => <Trades backtest={backtest} daily={daily} trades={trades} />}</QueryView>
    </Section>
  );
}

function Trades({ backtest, daily, trades }: Props & { trades: Trade[] }) {
  const symbols = useMemo(
    () => [...new Set(trades.map((trade) => textIn(trade, 'symbol')).filter((symbol) => symbol !== null))].sort(),
    [trades],
  );
  const [symbol, setSymbol] = useState<string | null>(textIn(backtest.data, 'symbol') ?? symbols[0] ?? null);
  const places = useMemo(
    () => placesOfPrices(trades.flatMap((trade) => [numberIn(trade, 'entry_price'), numberIn(trade, 'exit_price')])),
    [trades],
  );
  const [wanted, setWanted] = useState<number | null>(null);
  if (trades.length === 0) {
    return <Empty title="No trade">The strategy never entered a position in this range.</Empty>;
  }
  return (
    <>
      {symbols.length > 1 && (
        <Select
          label="Symbol on the chart"
          data={symbols}
          value={symbol}
          onChange={setSymbol}
          allowDeselect={false}
          maw={240}
        />
      )}
      {symbol && (
        <TradeChart key={symbol} backtest={backtest} daily={daily} trades={trades} symbol={symbol} wanted={wanted} />
      )}
      <DataTable
        label="Trades"
        columns={columns(daily, symbols.length > 1, places, (trade) => {
          setSymbol(textIn(trade, 'symbol') ?? symbol);
          setWanted(Date.parse(textIn(trade, 'entry_time') ?? ''));
        })}
        list={loadedList(trades)}
        rowKey={(row) =>
          `${textIn(row, 'symbol')} ${textIn(row, 'entry_time')} ${textIn(row, 'exit_time')} ${numberIn(row, 'quantity')}`
        }
        csv={`/api/backtests/${backtest.id}/trades?format=csv`}
        empty={null}
      />
    </>
  );
}

interface ChartProps extends Props {
  trades: Trade[];
  symbol: string;
  /** The time to show. */
  wanted: number | null;
}

function TradeChart({ backtest, daily, trades, symbol, wanted }: ChartProps) {
  const timeframe = (textIn(backtest.data, 'timeframe') ?? '1d') as '1d';
  const adjustment = (textIn(backtest.data, 'adjustment') ?? 'none') as 'none';
  const { query, bars, older, more } = useBars({
    symbol,
    timeframe,
    adjustment,
    source: textIn(backtest.data, 'source') ?? undefined,
    end: textIn(backtest.data, 'until') ?? undefined,
  });
  const marks = useMemo(
    () => (bars && bars.length > 0 ? marksOfTrades(trades, bars[0]!.time, bars.at(-1)!.time, symbol) : []),
    [bars, trades, symbol],
  );
  if (query.isError) return <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />;
  if (!bars) return <Loading lines={1} height={420} />;
  const place = wanted === null ? -1 : bars.findIndex((bar) => bar.time >= wanted);
  return (
    <>
      <PriceChart
        label={`${symbol}, bars of ${timeframe}, with entries and exits`}
        bars={bars}
        markers={marks}
        zone={daily ? 'UTC' : undefined}
        daily={daily}
        loadOlder={older}
        focus={place < 0 ? undefined : place}
      />
      {more && (
        <Text size="xs" c="dimmed">
          {formatCount(bars.length)} bars loaded; earlier ones come as you move to the left.
        </Text>
      )}
    </>
  );
}
