import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount, formatNumber } from '../../../format/number';
import { may, useSession } from '../../../session/session';
import { Section } from '../../../shell/page';
import { QueryView } from '../../../states/query-view';
import { Facts } from '../../../values/facts';
import { Time } from '../../../values/time';
import type { Strategy } from '../queries';
import { DeclareForm } from './declare-form';
import { HoldoutSection } from './holdout-section';
import { effectiveQuery, ledgerQuery, type Effective } from './queries';
import { RangePicture } from './range-picture';
import { TimelinePicture } from './timeline-picture';
import { TrialsTable } from './trials-table';

const WHY: Readonly<Record<string, string>> = {
  no_trials: 'Nothing was tried yet.',
  too_many_trials: 'There are too many trials to compare them here: a validation reckons the range.',
  too_few_common_bars: 'The trials have too few bars in common to say which of them are alike.',
};

const rangeWords = ({ range, reason }: Effective): string =>
  range ? range.map((value) => formatNumber(value)).join(' to ') : (WHY[reason ?? ''] ?? '–');

/** How much was tried, of how many ideas, and what of it is not here. */
export function TrialsTab({ strategy }: { strategy: Strategy }) {
  const { id } = strategy;
  const mayRun = may(useSession(), 'research:write');
  const query = useQuery(ledgerQuery(id));
  const effective = useQuery(effectiveQuery(id));
  return (
    <QueryView query={query} lines={8}>
      {(ledger) => (
        <Stack gap="lg">
          <Section title="What counts">
            <Facts
              facts={[
                ['Counted by the gates', formatCount(ledger.counted)],
                ['Tried here', formatCount(ledger.trials)],
                ['Declared as made elsewhere', formatCount(ledger.declared_outside)],
                ['All own trials on these bars', formatCount(ledger.owner_trials_on_this_data)],
                ['Effective number', effective.data ? rangeWords(effective.data) : '…'],
              ]}
            />
            <Text size="sm" c="dimmed" maw={720}>
              {ledger.scope}
            </Text>
          </Section>
          {effective.data && <RangePicture effective={effective.data} counted={ledger.counted} />}
          <TimelinePicture timeline={ledger.timeline} />
          <Section title="Trials">
            <TrialsTable id={id} />
          </Section>
          <Section title="Made elsewhere">
            {ledger.declarations.length > 0 && (
              <List size="sm">
                {ledger.declarations.map((one) => (
                  <List.Item key={one.id}>
                    {formatCount(one.trials)} in all, declared <Time value={one.created_at} />: {one.reason}
                  </List.Item>
                ))}
              </List>
            )}
            {mayRun ? (
              <DeclareForm id={id} ledger={ledger} />
            ) : (
              ledger.declarations.length === 0 && <Text size="sm">None were declared.</Text>
            )}
          </Section>
          <HoldoutSection id={id} symbols={strategy.universe.join(', ')} mayRun={mayRun} />
        </Stack>
      )}
    </QueryView>
  );
}
