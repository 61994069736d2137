import { Button, Group, Loader, Paper, Stack, Text, VisuallyHidden } from '@mantine/core';
import { ButtonLink } from '../../shell/links';
import { seriesOf, type BarsOfVerdict } from './verdict-bars';
import type { Step, StepAction } from './words/checklist';
import classes from './steps.module.css';

const LOOK = {
  done: { mark: '✓', word: 'done', color: 'teal' },
  next: { mark: '→', word: 'to do', color: 'brand' },
  later: { mark: '·', word: 'later', color: 'dimmed' },
  running: { mark: '', word: 'running', color: 'blue' },
  failed: { mark: '✕', word: 'not passed', color: 'red' },
} as const;

interface Props {
  /** The strategy. */
  id: string;
  /** Those that it is judged on. */
  bars: BarsOfVerdict | null;
  steps: readonly Step[];
  onAction: (kind: StepAction) => void;
  /** The action that was just asked for. */
  pending: StepAction | null;
  /** False where the session may only look. */
  mayAct: boolean;
}

function addressOf(to: NonNullable<Step['page']>['to'], strategy: string, bars: BarsOfVerdict | null) {
  if (to === '/validation/$id') return { to, params: { id: strategy } };
  if (to !== '/data/series') return { to };
  return bars ? { to, search: seriesOf(bars) } : { to: '/data' as const };
}

/** The way to trading, a step a line; the first open one has the button that stands out. */
export function Steps({ id, bars, steps, onAction, pending, mayAct }: Props) {
  const first = steps.find((step) => step.action && step.state !== 'done')?.key;
  return (
    <Paper withBorder>
      <ol className={classes.steps}>
        {steps.map((step) => {
          const { mark, word, color } = LOOK[step.state];
          const action = step.action;
          return (
            <li key={step.key} className={classes.step} data-state={step.state}>
              <Text span fw={700} c={color} className={classes.mark} aria-hidden="true">
                {step.state === 'running' ? <Loader size={14} /> : mark}
              </Text>
              <Stack gap={0} className={classes.words}>
                <Text fw={600} size="sm">
                  {step.title}
                  <VisuallyHidden>: {word}</VisuallyHidden>
                </Text>
                <Text size="sm" c="dimmed">
                  {step.detail}
                </Text>
              </Stack>
              {(action || step.page) && (
                <Group gap="xs" className={classes.actions}>
                  {step.page && (
                    <ButtonLink {...addressOf(step.page.to, id, bars)} size="xs" variant="default">
                      {step.page.label}
                    </ButtonLink>
                  )}
                  {action && mayAct && (
                    <Button
                      size="xs"
                      variant={step.key === first ? 'filled' : 'default'}
                      loading={pending === action.kind}
                      onClick={() => onAction(action.kind)}
                    >
                      {action.label}
                    </Button>
                  )}
                </Group>
              )}
            </li>
          );
        })}
      </ol>
    </Paper>
  );
}
