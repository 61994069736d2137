import { Text } from '@mantine/core';
import type { components } from '../../api/generated/research';
import { formatCount, formatNumber } from '../../format/number';
import { plural } from '../../format/words';
import { Section } from '../../shell/page';
import { Facts } from '../../values/facts';
import { numberIn } from './spans';

/** How much was tried: what a good figure has to be judged by. */
export function LedgerSection({ validation }: { validation: components['schemas']['StrategyValidationDto'] }) {
  const { as_judged: judged, now } = validation.ledger;
  const range = judged?.effective_range;
  const since = judged ? now.trials + now.declared_outside - judged.trials - judged.declared_outside : 0;
  return (
    <Section title="Trial ledger">
      <Facts
        facts={[
          ['Trials of the lineage now', formatCount(now.trials)],
          ['Declared as made elsewhere', formatCount(now.declared_outside)],
          ['All own trials on these bars', formatCount(now.owner_trials_on_this_data)],
          ['Trials when it was judged', formatCount(judged && judged.trials + judged.declared_outside)],
          ['Effective number of them', range ? range.map((value) => formatNumber(value)).join(' to ') : '–'],
          ['Deflated Sharpe at all own trials', formatNumber(numberIn(validation.information, 'dsr_at_owner_trials'))],
        ]}
      />
      {since > 0 && (
        <Text size="sm">
          ! {plural(since, 'trial was', 'trials were')} made or declared since the judgement: run a validation again to
          judge with them.
        </Text>
      )}
    </Section>
  );
}
