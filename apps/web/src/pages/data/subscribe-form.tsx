import { Button, Group, PasswordInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { ProblemAlert } from '../../states/problem-alert';
import { feedPart, FEED_KINDS, HTTP_PRESETS, type FeedFields } from './feed-fields';
import { marketOptions, TIMEFRAMES, type MarketName, type Timeframe } from './series-key';

const EMPTY: FeedFields = {
  kind: 'ccxt',
  exchange: '',
  dataFeed: 'iex',
  preset: 'stooq',
  url: '',
  path: '{symbol}.csv',
  apiKey: '',
};

/** What to keep fresh, and from where. */
export function SubscribeForm({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const [symbol, setSymbol] = useState('');
  const [timeframe, setTimeframe] = useState<Timeframe>('1d');
  const [market, setMarket] = useState<MarketName | null>('CRYPTO');
  const [start, setStart] = useState('');
  const [source, setSource] = useState('');
  const [fields, setFields] = useState(EMPTY);
  const change = (part: Partial<FeedFields>) => setFields((before) => ({ ...before, ...part }));
  const send = useMutation({
    mutationFn: () =>
      answer(
        research.POST('/api/data/subscriptions', {
          body: {
            symbol: symbol.trim(),
            timeframe,
            market: market!,
            ...feedPart(fields),
            enabled: true,
            overlap_bars: 5,
            synthetic: false,
            ...(start.trim() && { start: start.trim() }),
            ...(source.trim() && { source: source.trim() }),
          },
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['subscription'] });
      onDone();
    },
  });
  const problem = send.error ? asProblem(send.error) : undefined;
  const { hint, key } = FEED_KINDS[fields.kind];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!send.isPending && symbol.trim() !== '' && market) send.mutate();
      }}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput
            label="Symbol"
            required
            value={symbol}
            placeholder={fields.kind === 'ccxt' ? 'BTC/USDT' : 'AAPL'}
            error={problem?.of('symbol')}
            onChange={(event) => setSymbol(event.currentTarget.value)}
            data-autofocus
          />
          <Select
            label="Bars of"
            required
            allowDeselect={false}
            data={[...TIMEFRAMES]}
            value={timeframe}
            error={problem?.of('timeframe')}
            onChange={(value) => setTimeframe(value as Timeframe)}
          />
          <Select
            label="Market"
            required
            data={marketOptions}
            value={market}
            error={problem?.of('market')}
            onChange={(value) => setMarket(value as MarketName | null)}
          />
        </SimpleGrid>
        <Select
          label="Feed"
          required
          allowDeselect={false}
          data={Object.entries(FEED_KINDS).map(([value, { label }]) => ({ value, label }))}
          value={fields.kind}
          onChange={(value) => change({ kind: value as FeedFields['kind'] })}
        />
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
        {fields.kind === 'ccxt' && (
          <TextInput
            label="Exchange"
            required
            placeholder="bybit"
            value={fields.exchange}
            error={problem?.of('feed.exchange')}
            onChange={(event) => change({ exchange: event.currentTarget.value })}
          />
        )}
        {fields.kind === 'alpaca' && (
          <Select
            label="Data of"
            allowDeselect={false}
            data={['iex', 'sip']}
            value={fields.dataFeed}
            error={problem?.of('feed.data_feed')}
            onChange={(value) => change({ dataFeed: value ?? 'iex' })}
          />
        )}
        {fields.kind === 'preset' && (
          <Select
            label="Vendor"
            allowDeselect={false}
            data={HTTP_PRESETS}
            value={fields.preset}
            error={problem?.of('feed.preset')}
            onChange={(value) => change({ preset: value ?? 'stooq' })}
          />
        )}
        {fields.kind === 'url' && (
          <TextInput
            label="Address"
            required
            placeholder="https://data.example.com/{symbol}.csv?from={from}"
            value={fields.url}
            error={problem?.of('feed.url')}
            onChange={(event) => change({ url: event.currentTarget.value })}
          />
        )}
        {fields.kind === 'folder' && (
          <TextInput
            label="File or folder"
            required
            value={fields.path}
            error={problem?.of('feed.path')}
            onChange={(event) => change({ path: event.currentTarget.value })}
          />
        )}
        {key && (
          <PasswordInput
            label="Key of the feed"
            description={key}
            autoComplete="off"
            value={fields.apiKey}
            error={problem?.of('api_key')}
            onChange={(event) => change({ apiKey: event.currentTarget.value })}
          />
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label="Bars from"
            placeholder="2015-01-01; ten years back for daily bars"
            value={start}
            error={problem?.of('start')}
            onChange={(event) => setStart(event.currentTarget.value)}
          />
          <TextInput
            label="Name of the source"
            placeholder="By the feed"
            value={source}
            error={problem?.of('source')}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
        </SimpleGrid>
        {send.error && <ProblemAlert problem={send.error} title="Not subscribed" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={send.isPending} disabled={symbol.trim() === '' || !market}>
            Subscribe
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
