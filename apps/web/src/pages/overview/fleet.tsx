import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { components } from '../../api/generated/trade';
import { plural } from '../../format/words';
import { strategyNamesQuery } from '../../definitions/strategy-names-query';
import { accountsQuery } from '../../shell/halt/accounts';
import { PageLink } from '../../shell/links';
import { QueryView } from '../../states/query-view';
import { loadedList } from '../../tables/cursor-list';
import { DataTable } from '../../tables/data-table';
import { deploymentColumns } from '../../definitions/deployment-columns';
import { Money } from '../../values/money';
import { FirstSteps } from './first-steps';
import { deploymentsQuery } from './overview-queries';
import { profitsOf } from './profits';

type Deployment = components['schemas']['DeploymentDto'];

const KINDS = { live: 'Live', paper: 'Paper', replay: 'Replays of past sessions' } as const;

function Profits({ deployments }: { deployments: readonly Deployment[] }) {
  const accounts = useQuery(accountsQuery);
  return (
    <QueryView query={accounts} lines={2}>
      {(known) => (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          {profitsOf(deployments, known).map(({ currency, kind, deployments: count, realised, fees }) => (
            <Paper key={`${currency} ${kind}`} withBorder p="md">
              <Stack gap={2}>
                <Text size="sm" c="dimmed">
                  {KINDS[kind]}, realised
                </Text>
                <Text fz="xl" fw={700}>
                  <Money amount={realised} currency={currency} change />
                </Text>
                <Text size="xs" c="dimmed">
                  {plural(count, 'deployment')}; fees <Money amount={fees} currency={currency} />
                </Text>
              </Stack>
            </Paper>
          ))}
        </SimpleGrid>
      )}
    </QueryView>
  );
}

/** What trades, how it stands, and what it has made. */
export function Fleet() {
  const deployments = useQuery(deploymentsQuery);
  const accounts = useQuery(accountsQuery);
  const names = useQuery(strategyNamesQuery);
  const columns = useMemo(
    () => deploymentColumns({ names: names.data, accounts: accounts.data }),
    [names.data, accounts.data],
  );
  return (
    <QueryView query={deployments}>
      {(all) =>
        all.length === 0 ? (
          <FirstSteps />
        ) : (
          <Stack>
            <Profits deployments={all} />
            <DataTable
              label="Deployments"
              columns={columns}
              list={loadedList(all)}
              rowKey={(row) => row.deployment_id}
              empty={null}
            />
            <Group>
              <PageLink to="/deployments" size="sm">
                All deployments
              </PageLink>
            </Group>
          </Stack>
        )
      }
    </QueryView>
  );
}
