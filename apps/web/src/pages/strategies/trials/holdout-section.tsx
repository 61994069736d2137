import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, research } from '../../../api/clients';
import { asProblem } from '../../../api/problem';
import { ConfirmDialog } from '../../../forms/confirm-dialog';
import { formatCount, formatNumber } from '../../../format/number';
import { Section } from '../../../shell/page';
import { ProblemAlert } from '../../../states/problem-alert';
import { QueryView } from '../../../states/query-view';
import { Percent } from '../../../values/percent';
import { Facts } from '../../../values/facts';
import { pollWhile } from '../polling';
import { holdoutsQuery, type Holdout } from './queries';

const day = (time: string): string => time.slice(0, 10);

function LockForm({ id, symbols }: { id: string; symbols: string }) {
  const client = useQueryClient();
  const [from, setFrom] = useState('');
  const [asking, setAsking] = useState(false);
  const lock = useMutation({
    mutationFn: () =>
      answer(research.POST('/api/strategies/{id}/holdout', { params: { path: { id } }, body: { from } })),
    onSuccess: () => {
      setAsking(false);
      setFrom('');
      void client.invalidateQueries({ queryKey: ['strategy', id] });
    },
  });
  const problem = lock.error ? asProblem(lock.error) : undefined;
  return (
    <Stack gap="sm" maw={720}>
      <Text size="sm">
        The hardest test is bars that nothing has seen. Lock the last stretch before anything has scored it, find your
        strategy on the bars before, and look at it once at the end.
      </Text>
      <Group align="end">
        <TextInput
          label="Locked from"
          type="date"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          error={problem?.of('from')}
        />
        <Button variant="default" disabled={from === ''} onClick={() => setAsking(true)}>
          Lock these bars
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Lock these bars?"
        action="Lock"
        danger={false}
        onConfirm={() => lock.mutate()}
        pending={lock.isPending}
        problem={lock.error}
      >
        <Text size="sm">
          Nothing of yours reads bars of {symbols} from {from} on until the one look: backtests, sweeps, fits,
          validations and datasets of every strategy on them end before, and no strategy on them is promoted. Nothing
          but the look takes the lock away.
        </Text>
      </ConfirmDialog>
    </Stack>
  );
}

function Look({ id, holdout, mayRun }: { id: string; holdout: Holdout; mayRun: boolean }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const look = useMutation({
    mutationFn: () =>
      answer(research.POST('/api/strategies/{id}/holdout/look', { params: { path: { id } }, body: {} })),
    onSuccess: () => {
      setAsking(false);
      void client.invalidateQueries({ queryKey: ['strategy', id] });
    },
  });
  return (
    <Stack gap="sm">
      <Text size="sm">
        Bars of {holdout.symbols.join(', ')} from {day(holdout.from)} on are locked.{' '}
        {holdout.look
          ? `The look at version ${holdout.look.revision} was asked for and is not recorded yet.`
          : 'Nothing has looked at them.'}
      </Text>
      {look.error !== null && !asking && <ProblemAlert problem={look.error} title="No look" />}
      {mayRun && (
        <Group>
          <Button variant="default" onClick={() => setAsking(true)}>
            {holdout.look ? 'Ask for it again' : 'Look once'}
          </Button>
        </Group>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Look once?"
        action="Look once"
        onConfirm={() => look.mutate()}
        pending={look.isPending}
        problem={look.error}
      >
        <Text size="sm">
          The newest version of this strategy is run on the locked bars, once and for good. What is found is recorded
          and cannot be changed; no other version is ever looked at on them. Afterwards the bars are open, and no
          holdout any more.
        </Text>
      </ConfirmDialog>
    </Stack>
  );
}

function Looked({ holdout }: { holdout: Holdout }) {
  const { look } = holdout;
  const result = holdout.result as {
    from: string;
    to: string;
    bars: number;
    sharpe: number | null;
    metrics: Record<string, number | null>;
    buy_hold_metrics: Record<string, number | null>;
  };
  return (
    <Facts
      facts={[
        ['Version looked at', formatCount(look?.revision)],
        ['Bars', `${formatCount(result.bars)}, ${day(result.from)} to ${day(result.to)}`],
        ['Sharpe ratio a year', formatNumber(result.sharpe)],
        ['Return', <Percent key="own" fraction={result.metrics.total_return ?? null} />],
        ['Buying and holding', <Percent key="held" fraction={result.buy_hold_metrics.total_return ?? null} />],
      ]}
    />
  );
}

/** A final period that is locked until one look, and what the look found. */
export function HoldoutSection({ id, symbols, mayRun }: { id: string; symbols: string; mayRun: boolean }) {
  const query = useQuery({
    ...holdoutsQuery(id),
    refetchInterval: ({ state }) => pollWhile(state.data?.items[0]?.state === 'looking'),
  });
  return (
    <Section title="Locked holdout">
      <QueryView query={query} lines={2}>
        {({ items }) => {
          const open = items.find(({ state }) => state !== 'looked');
          const looked = items.filter(({ state }) => state === 'looked');
          return (
            <Stack>
              {open && <Look id={id} holdout={open} mayRun={mayRun} />}
              {!open && mayRun && <LockForm id={id} symbols={symbols} />}
              {!open && !mayRun && items.length === 0 && <Text size="sm">No bars were locked.</Text>}
              {looked.length > 0 && (
                <List size="sm" listStyleType="none">
                  {looked.map((one) => (
                    <List.Item key={one.id}>
                      <Looked holdout={one} />
                    </List.Item>
                  ))}
                </List>
              )}
            </Stack>
          );
        }}
      </QueryView>
    </Section>
  );
}
