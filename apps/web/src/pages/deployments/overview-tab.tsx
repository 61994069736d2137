import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatExact, formatMoney, formatPrice, NONE } from '../../format/number';
import { PageLink } from '../../shell/links';
import { Section } from '../../shell/page';
import { loadedList } from '../../tables/cursor-list';
import { Money } from '../../values/money';
import { Time } from '../../values/time';
import { runsRefused } from '../../states/deployment-state';
import { DecisionList } from './decision-list';
import { accountQuery, type DeploymentDetail } from './queries';
import { restingWords } from './words/resting';
import { scheduleWords } from './words/schedule';
import { openGain } from './words/exact';

function Card({ label, children, note }: { label: string; children: ReactNode; note?: ReactNode }) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz="xl" fw={600} component="div">
        {children}
      </Text>
      {note && (
        <Text size="xs" c="dimmed" component="div">
          {note}
        </Text>
      )}
    </Paper>
  );
}

const MOST_DECISIONS = 5;

export function OverviewTab({ deployment }: { deployment: DeploymentDetail }) {
  const { position, recent_trades: decisions, market, risk_limits: limits } = deployment;
  const account = useQuery(accountQuery(deployment.account_id));
  const currency = account.data?.currency;
  const last = decisions.find(({ price }) => price !== null);
  const gain = openGain(position.qty, position.average_price, last?.price);
  const waits = restingWords(deployment.resting_entry);
  const average = position.average_price === null ? null : formatPrice(position.average_price);
  return (
    <Stack gap="lg">
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Card label="Position" note={average === null ? (waits ?? 'nothing held') : `average price ${average}`}>
          {formatExact(position.qty)}
        </Card>
        <Card
          label="Open gain"
          note={
            gain !== null && last ? (
              <>
                at {formatPrice(last.price)}, the price of the last decision,{' '}
                <Time value={last.timestamp} market={market} detail="date" />
              </>
            ) : average === null ? (
              'nothing held'
            ) : (
              'no price is known yet'
            )
          }
        >
          <Money amount={gain} currency={currency} change />
        </Card>
        <Card label="Realised" note={<>before fees of {formatMoney(position.fees, currency)}</>}>
          <Money amount={position.realised_pnl} currency={currency} change />
        </Card>
        <Card
          label="Next run"
          note={
            deployment.replay
              ? 'a replay ends with its last session'
              : runsRefused(deployment)
                ? 'refused while the account is halted'
                : scheduleWords(deployment.schedule)
          }
        >
          {deployment.next_run_at ? (
            <Text fz="md" component="div">
              <Time value={deployment.next_run_at} market={market} />
            </Text>
          ) : (
            NONE
          )}
        </Card>
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <Card label="Size" note={deployment.sizing ? 'capital that the weights refer to' : 'units a signal'}>
          {deployment.sizing ? (
            <Money amount={deployment.sizing.capital} currency={currency} />
          ) : (
            formatExact(deployment.qty ?? null)
          )}
        </Card>
        <Card label="Largest position" note={`${limits.max_daily_trades ?? NONE} entries a day at most`}>
          <Money
            amount={limits.max_position_usd === undefined ? null : String(limits.max_position_usd)}
            currency="USD"
          />
        </Card>
        <Card
          label="Account"
          note={account.data ? `${account.data.broker}${account.data.paper ? ', paper' : ', live'}` : ''}
        >
          <Text fz="md" component="div">
            {account.data?.purpose === 'replay' ? 'Of the replay' : (account.data?.name ?? NONE)}
            {account.data?.cash && (
              <>
                {': '}
                <Money amount={account.data.cash} currency={currency} /> cash
              </>
            )}
          </Text>
        </Card>
      </SimpleGrid>
      <Section
        title="Newest decisions"
        actions={
          <PageLink
            to="/deployments/$id"
            params={{ id: deployment.deployment_id }}
            search={{ tab: 'decisions' }}
            size="sm"
          >
            All decisions
          </PageLink>
        }
      >
        <DecisionList
          list={loadedList(decisions.slice(0, MOST_DECISIONS))}
          market={market}
          total={deployment.trade_count}
        />
      </Section>
    </Stack>
  );
}
