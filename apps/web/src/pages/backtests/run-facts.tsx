import { Code, List, Stack, Text } from '@mantine/core';
import { formatCount, formatNumber } from '../../format/number';
import { ReportButtons } from '../../definitions/report-buttons';
import { Section } from '../../shell/page';
import { Facts } from '../../values/facts';
import { Time } from '../../values/time';
import { numberIn, textIn } from './metric-text';
import type { Backtest } from './queries';

/** What was run, on which bars, and the hashes by which it is known again. */
export function RunFacts({ backtest }: { backtest: Backtest }) {
  const { data, request, scored_from: from } = backtest;
  const rerun = backtest.rerun;
  return (
    <Stack gap="lg">
      <Section title="What was run">
        <Facts
          facts={[
            ['Engine', backtest.engine],
            ['Fills', textIn(request, 'fill')?.replaceAll('_', ' ') ?? '–'],
            ['Accounting', textIn(request, 'mode')?.replaceAll('_', ' ') ?? '–'],
            ['Source of the bars', textIn(data, 'source') ?? '–'],
            ['Bars', formatCount(numberIn(data, 'bars'))],
            ['First bar', (textIn(data, 'first_bar') ?? '–').slice(0, 10)],
            ['Last bar', (textIn(data, 'until') ?? '–').slice(0, 10)],
            ['Scored from', (textIn(from, 'time') ?? '–').slice(0, 10)],
            ['Bars a year', formatNumber(backtest.periods_per_year)],
            ['Ended', <Time key="ended" value={backtest.finished_at} />],
          ]}
        />
      </Section>
      {backtest.warnings.length > 0 && (
        <Section title="Warnings">
          <List size="sm">
            {backtest.warnings.map((warning, index) => (
              <List.Item key={index}>
                {textIn(warning, 'message') ?? textIn(warning, 'code') ?? 'A warning without words'}
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      {rerun && (
        <Section title="Run again">
          <Text size="sm">
            Repeats another run: {rerun.same_bars === true ? 'on the same bars' : 'on bars that have changed'},{' '}
            {rerun.same_result === true ? 'with the same result' : 'with another result'}.
          </Text>
        </Section>
      )}
      <Section title="Report">
        <Text size="sm" c="dimmed">
          One document that stands by itself: figures with what they are, pictures, months, costs and trades, with the
          hashes of the recipe, the bars and the result.
        </Text>
        <ReportButtons path={`/backtests/${backtest.id}/report`} />
      </Section>
      <Section title="By which it is known again">
        <Stack gap={6}>
          {(
            [
              ['Recipe', backtest.config_hash],
              ['Bars', backtest.fingerprint],
              ['Result', backtest.result_hash],
              ['Fitted model', backtest.artifact_sha256],
            ] as const
          )
            .filter(([, hash]) => hash)
            .map(([name, hash]) => (
              <Text key={name} size="sm" component="div">
                {name}: <Code className="breaks">{hash}</Code>
              </Text>
            ))}
        </Stack>
      </Section>
    </Stack>
  );
}
