import { Anchor, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../api/generated/research';
import { formatCount, formatPercent } from '../../format/number';
import { inWords } from '../../format/words';
import { may, useSession } from '../../session/session';
import { Section } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';
import { Time } from '../../values/time';
import { AcknowledgeDialog } from './acknowledge-dialog';
import { noteOf, type Note } from './notes';

type Quality = components['schemas']['QualityDto'];

interface Props {
  query: UseQueryResult<Quality>;
  /** Shows the chart at this time. */
  onShow: (time: number) => void;
  /** First and last loaded time. */
  covered: [number, number] | null;
}

interface FindingProps extends Pick<Props, 'onShow' | 'covered'> {
  note: Note;
  tone: 'warning' | 'bad';
  acknowledgement: Record<string, unknown> | undefined;
}

function Finding({ note, tone, acknowledgement, onShow, covered }: FindingProps) {
  const shown = (time: string) => {
    const at = Date.parse(time);
    return covered !== null && at >= covered[0] && at <= covered[1];
  };
  return (
    <Card withBorder padding="sm" radius="sm">
      <Group gap={8} align="center">
        <StatusBadge status={note.code} tone={tone} />
        <Text size="xs" c="dimmed">
          {formatCount(note.count)} of them{note.share !== null && `, ${formatPercent(note.share)} of the bars`}
        </Text>
      </Group>
      <Text size="sm" mt={6}>
        {note.message}
      </Text>
      {note.sample.length > 0 && (
        <Group gap={8} mt={6}>
          <Text size="xs" c="dimmed">
            On the chart:
          </Text>
          {note.sample.map((time) =>
            shown(time) ? (
              <Anchor key={time} component="button" type="button" size="xs" onClick={() => onShow(Date.parse(time))}>
                {time}
              </Anchor>
            ) : (
              <Text key={time} size="xs" c="dimmed" title="Not among the loaded bars">
                {time}
              </Text>
            ),
          )}
        </Group>
      )}
      {acknowledgement && (
        <Text size="xs" mt={6}>
          Acknowledged by {String(acknowledgement.by)}, <Time value={String(acknowledgement.at)} />:{' '}
          {String(acknowledgement.reason)}
        </Text>
      )}
    </Card>
  );
}

/** Findings on the present bars, those on the chart one click away; warnings are acknowledged here. */
export function QualitySection({ query, onShow, covered }: Props) {
  const [opened, { open, close }] = useDisclosure(false);
  const [codes, setCodes] = useState<string[]>([]);
  const mayCorrect = may(useSession(), 'data:write');
  return (
    <Section
      title="Quality"
      actions={
        query.data &&
        query.data.unacknowledged.length > 0 &&
        mayCorrect && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setCodes(query.data.unacknowledged);
              open();
            }}
          >
            Acknowledge the warnings
          </Button>
        )
      }
    >
      <QueryView query={query} lines={3}>
        {(quality) => {
          const given = (code: string) =>
            quality.acknowledgements.find((acknowledgement) => acknowledgement.code === code);
          const findings = [
            ...quality.errors.map((note) => ({ note: noteOf(note), tone: 'bad' as const })),
            ...quality.warnings.map((note) => ({ note: noteOf(note), tone: 'warning' as const })),
          ];
          return (
            <Stack gap="sm">
              {findings.length === 0 && <Text size="sm">Nothing was found in these bars.</Text>}
              {quality.errors.length > 0 && (
                <Text size="sm" c="dimmed">
                  An error forbids promotion of what rests on these bars: correct them by importing them again.
                </Text>
              )}
              {findings.map(({ note, tone }) => (
                <Finding
                  key={`${tone} ${note.code}`}
                  note={note}
                  tone={tone}
                  acknowledgement={given(note.code)}
                  onShow={onShow}
                  covered={covered}
                />
              ))}
              {opened && <AcknowledgeDialog id={quality.id} codes={codes} names={codes.map(inWords)} onClose={close} />}
            </Stack>
          );
        }}
      </QueryView>
    </Section>
  );
}
