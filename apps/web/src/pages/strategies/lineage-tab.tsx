import { List, Stack, Text, Timeline } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { inWords, plural } from '../../format/words';
import { PageLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { QueryView } from '../../states/query-view';
import { Time } from '../../values/time';
import { lineageQuery } from './queries';
import { historyOf, membersOf } from './words/history';

export function LineageTab({ id }: { id: string }) {
  const query = useQuery(lineageQuery(id));
  return (
    <QueryView query={query} lines={6}>
      {(lineage) => {
        const events = historyOf(lineage);
        const members = membersOf(lineage);
        return (
          <Stack gap="lg">
            <Text size="sm">
              {plural(lineage.trials, 'configuration')} tried in this lineage. The gates count every one of them, also
              those of copies.
            </Text>
            {members.length > 1 && (
              <Section title="Strategies of the lineage">
                <List size="sm">
                  {members.map((member) => (
                    <List.Item key={member.id}>
                      {member.id === id ? (
                        <Text span size="sm" fw={600}>
                          {member.name} (this one)
                        </Text>
                      ) : (
                        <PageLink to="/strategies/$id" params={{ id: member.id }} size="sm">
                          {member.name}
                        </PageLink>
                      )}
                      {member.clonedFrom && (
                        <Text span size="sm" c="dimmed">
                          , a copy of {member.clonedFrom}
                        </Text>
                      )}
                    </List.Item>
                  ))}
                </List>
              </Section>
            )}
            <Section title="What happened">
              {events.length === 0 ? (
                <Empty title="Nothing yet">Versions, backtests, validations and promotions will stand here.</Empty>
              ) : (
                <Timeline bulletSize={14} lineWidth={2}>
                  {events.map((event) => (
                    <Timeline.Item key={event.key} title={<Text size="sm">{event.title}</Text>}>
                      <Text size="xs" c="dimmed">
                        <Time value={event.at} />
                        {event.detail && `: ${event.detail}`}
                      </Text>
                    </Timeline.Item>
                  ))}
                </Timeline>
              )}
            </Section>
            {lineage.datasets.length > 0 && (
              <Section title="Datasets it was computed from">
                <List size="sm">
                  {(
                    lineage.datasets as {
                      id: string;
                      source: string;
                      symbol: string;
                      timeframe: string;
                      rows: number;
                    }[]
                  ).map((one) => (
                    <List.Item key={one.id}>
                      {one.symbol}, {inWords(one.timeframe)}, from {one.source}: {plural(one.rows, 'row')}
                    </List.Item>
                  ))}
                </List>
              </Section>
            )}
          </Stack>
        );
      }}
    </QueryView>
  );
}
