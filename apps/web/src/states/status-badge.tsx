import { Badge } from '@mantine/core';
import { inWords } from '../format/words';

type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'calm';

const TONES: Record<string, Tone> = {
  ok: 'good',
  active: 'good',
  completed: 'good',
  passed: 'good',
  promoted: 'good',
  validated: 'good',
  in_sync: 'good',
  filled: 'good',
  fresh: 'good',
  running: 'busy',
  queued: 'busy',
  created: 'busy',
  submitted: 'busy',
  paused: 'warning',
  disabled: 'warning',
  reducing: 'warning',
  drifted: 'warning',
  late: 'warning',
  unknown: 'warning',
  stale: 'warning',
  failed: 'bad',
  halted: 'bad',
  frozen: 'bad',
  rejected: 'bad',
  expired: 'bad',
  revoked: 'bad',
};

const LOOK: Record<Tone, { color: string; mark: string }> = {
  good: { color: 'teal', mark: '✓' },
  busy: { color: 'blue', mark: '●' },
  warning: { color: 'yellow', mark: '!' },
  bad: { color: 'red', mark: '✕' },
  calm: { color: 'gray', mark: '○' },
};

/** A state by word, mark and colour: none of them alone. `tone` for states that are not in the list. */
export function StatusBadge({ status, tone }: { status: string; tone?: Tone }) {
  const { color, mark } = LOOK[tone ?? TONES[status.toLowerCase()] ?? 'calm'];
  return (
    <Badge
      color={color}
      variant="light"
      radius="sm"
      tt="none"
      miw="max-content"
      leftSection={
        <span aria-hidden="true" className="status-mark">
          {mark}
        </span>
      }
    >
      {inWords(status.toLowerCase())}
    </Badge>
  );
}
