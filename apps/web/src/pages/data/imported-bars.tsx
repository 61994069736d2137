import { Alert, Group, Stack, Text } from '@mantine/core';
import { formatCount } from '../../format/number';
import { plural } from '../../format/words';
import type { Market } from '../../format/time';
import { isDaily } from '../../format/timeframe';
import { ButtonLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { Facts } from '../../values/facts';
import { Time } from '../../values/time';
import type { Imported, ImportQuery } from './file-requests';
import { NotesList } from './notes-list';
import { isTimeframe } from './series-key';

/** What an import stored, and what is to be known about it. */
export function ImportedBars({ imported, request }: { imported: Imported; request: ImportQuery }) {
  const { quality } = imported;
  const timeframe = String(request.timeframe);
  const detail = isDaily(timeframe) ? 'date' : 'minute';
  const market = request.market as Market;
  return (
    <Section title="Stored">
      <Alert
        color="teal"
        variant="light"
        title={`${String(request.symbol)}: ${plural(imported.bars, 'bar')}`}
        role="status"
      >
        <Facts
          facts={[
            ['New', formatCount(imported.inserted)],
            ['Corrected', formatCount(imported.updated)],
            ['There already', formatCount(imported.unchanged)],
            ['First', <Time key="first" value={imported.first} market={market} detail={detail} />],
            ['Last', <Time key="last" value={imported.last} market={market} detail={detail} />],
          ]}
        />
      </Alert>
      <Stack gap="xs">
        <Text fw={600} size="sm">
          Quality of the bars
        </Text>
        {quality.errors.length + quality.warnings.length + imported.warnings.length === 0 && (
          <Text size="sm">Nothing was found.</Text>
        )}
        {quality.errors.length > 0 && (
          <>
            <NotesList notes={quality.errors} tone="bad" />
            <Text size="sm" c="dimmed">
              An error forbids promotion of what rests on these bars. Correct the file and import it again.
            </Text>
          </>
        )}
        {imported.warnings.length > 0 && <NotesList notes={imported.warnings} tone="warning" />}
        {quality.warnings.length > 0 && (
          <>
            <NotesList notes={quality.warnings} tone="warning" />
            <Text size="sm" c="dimmed">
              Warnings are to be acknowledged on the page of the series before a promotion.
            </Text>
          </>
        )}
        {imported.repairs.length > 0 && <NotesList notes={imported.repairs} tone="calm" />}
      </Stack>
      <Group>
        <ButtonLink
          to="/data/series"
          search={{
            symbol: String(request.symbol),
            source: String(request.source),
            timeframe: isTimeframe(timeframe) ? timeframe : '1d',
          }}
        >
          Look at the bars
        </ButtonLink>
        <ButtonLink
          to="/strategies/new"
          search={{ symbol: String(request.symbol), source: String(request.source) }}
          variant="default"
        >
          Make a strategy
        </ButtonLink>
      </Group>
    </Section>
  );
}
