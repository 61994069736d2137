import { Anchor, Button, Group, Paper, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { formatExact, formatNumber, formatPrice } from '../../format/number';
import type { Market } from '../../format/time';
import { timesInText } from '../../format/times-in-text';
import { Empty } from '../../states/empty';
import { Loading } from '../../states/loading';
import { ProblemAlert } from '../../states/problem-alert';
import { StatusBadge } from '../../states/status-badge';
import type { CursorList } from '../../tables/cursor-list';
import { Time } from '../../values/time';
import type { Decision } from './queries';
import { countWords } from './words/count';
import { checkOutcome, checkValue, checkWords, reasonWords } from './words/reasons';
import classes from './decision-list.module.css';

const TONES = { BUY: 'good', SELL: 'good', HOLD: 'calm', REJECTED: 'bad' } as const;

function Checks({ decision }: { decision: Decision }) {
  return (
    <Table.ScrollContainer minWidth={360}>
      <Table verticalSpacing={3} fz="sm" aria-label="Risk checks">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Check</Table.Th>
            <Table.Th scope="col">Outcome</Table.Th>
            <Table.Th scope="col" ta="right">
              Was
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Limit
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {decision.checks.map((check) => (
            <Table.Tr key={check.check}>
              <Table.Td>{checkWords(check.check)}</Table.Td>
              <Table.Td>
                <span aria-hidden="true">{check.code === 'no_order' ? '· ' : check.passed ? '✓ ' : '✕ '}</span>
                {checkOutcome(check)}
              </Table.Td>
              <Table.Td ta="right" className="figure">
                {checkValue(check.actual)}
              </Table.Td>
              <Table.Td ta="right" className="figure">
                {checkValue(check.limit)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DecisionRow({ decision, market }: { decision: Decision; market: Market }) {
  const [open, setOpen] = useState(false);
  const { action, qty, price } = decision;
  const traded = action === 'BUY' || action === 'SELL';
  return (
    <li className={classes.row}>
      <UnstyledButton onClick={() => setOpen(!open)} aria-expanded={open} className={classes.head}>
        <Group gap="sm" wrap="wrap">
          <span aria-hidden="true">{open ? '▾' : '▸'}</span>
          <StatusBadge status={action} tone={TONES[action]} />
          <Text span size="sm">
            {traded ? `${formatExact(qty)}${price ? ` near ${formatPrice(price)}` : ''}, ` : ''}
            {reasonWords(decision.reason_code).toLowerCase()}
          </Text>
          <Text span size="sm" c="dimmed" ml="auto">
            <Time value={decision.timestamp} market={market} />
          </Text>
        </Group>
      </UnstyledButton>
      {open && (
        <Stack gap="xs" className={classes.body}>
          <Text size="sm">{decision.message && timesInText(decision.message)}</Text>
          <Text size="sm" c="dimmed">
            Signal {formatNumber(decision.signal_value)}, version {decision.strategy_revision}
          </Text>
          <Checks decision={decision} />
        </Stack>
      )}
    </li>
  );
}

interface Props {
  list: CursorList<Decision>;
  market: Market;
  csv?: string;
  /** Rows there are, where the list is a part of them that does not grow. */
  total?: number;
}

/** Every decision with its risk checks behind it: what was measured and what the limit was. */
export function DecisionList({ list, market, csv, total }: Props) {
  if (list.loading) return <Loading lines={6} />;
  const rows = list.rows ?? [];
  const problem = list.error && <ProblemAlert problem={list.error} onRetry={list.retry} />;
  if (rows.length === 0) {
    return (
      <>
        {problem || (
          <Empty title="No decision yet">
            At each bar close it decides to buy, sell or hold, and every risk check is kept with its numbers.
          </Empty>
        )}
      </>
    );
  }
  return (
    <Stack gap="xs">
      {problem}
      <Paper withBorder>
        <ul className={classes.list} aria-label="Decisions">
          {rows.map((decision) => (
            <DecisionRow key={decision.log_id} decision={decision} market={market} />
          ))}
        </ul>
      </Paper>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {countWords(rows.length, list.more ? undefined : (total ?? rows.length))}
        </Text>
        <Group gap="md">
          {csv && (
            <Anchor href={csv} size="sm" download>
              Download as CSV
            </Anchor>
          )}
          {list.more && (
            <Button size="xs" variant="default" loading={list.loadingMore} onClick={list.loadMore}>
              Show more
            </Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}
