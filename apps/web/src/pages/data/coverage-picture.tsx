import { Button, Paper, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { Section } from '../../shell/page';
import { coverageAddress } from './addresses';
import type { SeriesKey } from './series-key';

/** Which sessions have all, some or none of their bars: the picture that the API draws of the calendar. */
export function CoveragePicture({ series }: { series: SeriesKey }) {
  const [shown, { toggle }] = useDisclosure(false);
  const [away, setAway] = useState(false);
  return (
    <Section
      title="Coverage"
      actions={
        <Button size="xs" variant="default" onClick={toggle} aria-expanded={shown}>
          {shown ? 'Hide the calendar' : 'Show the calendar'}
        </Button>
      }
    >
      <Text size="sm" c="dimmed">
        Every session of the market: whole, with bars missing, or without any. The counts stand under Quality.
      </Text>
      {shown && away && (
        <Text size="sm" role="alert">
          The picture did not come. Load the page anew.
        </Text>
      )}
      {shown && !away && (
        <ScrollArea.Autosize
          mah={420}
          type="auto"
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Calendar of coverage' }}
        >
          <Paper p="xs" bg="white" radius="sm" display="inline-block">
            <img
              src={coverageAddress(series)}
              alt={`Sessions of ${series.symbol} ${series.timeframe} by whether their bars are there`}
              onError={() => setAway(true)}
            />
          </Paper>
        </ScrollArea.Autosize>
      )}
    </Section>
  );
}
