import { Alert, Stack, Text, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../../api/generated/research';
import { formatCount } from '../../../format/number';
import type { Market } from '../../../format/time';
import { isDaily } from '../../../format/timeframe';
import { ButtonLink } from '../../../shell/links';
import { Empty } from '../../../states/empty';
import { QueryView } from '../../../states/query-view';
import { Time } from '../../../values/time';
import { ChoiceCard } from './choice-card';
import type { Series } from './draft';
import classes from './wizard.module.css';

type Stored = components['schemas']['SymbolDto'];
const MOST_SHOWN = 24;

interface Props {
  query: UseQueryResult<Stored[]>;
  chosen: Series | null;
  onChoose: (series: Stored) => void;
}

const same = (a: Series | null, b: Stored): boolean =>
  a?.symbol === b.symbol && a.source === b.source && a.timeframe === b.timeframe;

export function SeriesStep({ query, chosen, onChoose }: Props) {
  const [find, setFind] = useState('');
  return (
    <QueryView query={query}>
      {(items) => {
        if (items.length === 0) {
          return (
            <Empty title="No bars yet" action={<ButtonLink to="/data">Import bars</ButtonLink>}>
              A strategy is tried on stored bars. Drop a CSV file on the data page, then come back.
            </Empty>
          );
        }
        const wanted = find.trim().toLowerCase();
        const found = items.filter((one) => `${one.symbol} ${one.source}`.toLowerCase().includes(wanted));
        return (
          <Stack>
            {items.length > 6 && (
              <TextInput
                label="Find a series"
                placeholder="Symbol or source"
                value={find}
                onChange={(event) => setFind(event.currentTarget.value)}
                maw={320}
              />
            )}
            <div className={classes.cards} role="radiogroup" aria-label="Series of bars">
              {found.slice(0, MOST_SHOWN).map((one) => {
                const detail = isDaily(one.timeframe) ? 'date' : 'minute';
                return (
                  <ChoiceCard
                    key={`${one.source} ${one.symbol} ${one.timeframe}`}
                    title={one.symbol}
                    chosen={same(chosen, one)}
                    onChoose={() => onChoose(one)}
                  >
                    <Text size="sm" c="dimmed">
                      {formatCount(one.bars)} bars of {one.timeframe}, from {one.source}, {one.market}
                    </Text>
                    <Text size="sm" c="dimmed">
                      <Time value={one.first} market={one.market as Market} detail={detail} /> to{' '}
                      <Time value={one.last} market={one.market as Market} detail={detail} />
                    </Text>
                    {one.synthetic && (
                      <Text size="sm" fw={600}>
                        Made up: what they prove says nothing about a market
                      </Text>
                    )}
                  </ChoiceCard>
                );
              })}
            </div>
            {found.length > MOST_SHOWN && (
              <Text size="sm" c="dimmed">
                {found.length - MOST_SHOWN} more: write a part of the symbol.
              </Text>
            )}
            {found.length === 0 && <Alert color="gray">No series has this in its name.</Alert>}
          </Stack>
        );
      }}
    </QueryView>
  );
}
