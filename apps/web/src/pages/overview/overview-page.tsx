import { SimpleGrid, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answer, portfolio, research, trade } from '../../api/clients';
import { inWords } from '../../format/words';
import { Page, Section } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { StatusBadge } from '../../states/status-badge';

const SERVICES = {
  research: () => answer(research.GET('/api/health')),
  trade: () => answer(trade.GET('/api/v1/health')),
  portfolio: () => answer(portfolio.GET('/health')),
} as const;

function ServiceHealth({ name }: { name: keyof typeof SERVICES }) {
  const health = useQuery({ queryKey: ['health', name], queryFn: SERVICES[name], refetchInterval: 15_000 });
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Title order={3} size="h5">
          {inWords(name)}
        </Title>
        <QueryView query={health} lines={2}>
          {({ status, checks }) => (
            <>
              <StatusBadge status={status} />
              {Object.entries(checks).map(([check, { status: state }]) => (
                <Text key={check} size="sm">
                  {inWords(check)}: {state}
                </Text>
              ))}
            </>
          )}
        </QueryView>
      </Stack>
    </Paper>
  );
}

export function OverviewPage() {
  return (
    <Page title="Overview">
      <Section title="Services">
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {(Object.keys(SERVICES) as (keyof typeof SERVICES)[]).map((name) => (
            <ServiceHealth key={name} name={name} />
          ))}
        </SimpleGrid>
      </Section>
    </Page>
  );
}
