export type ActionKind = 'run' | 'pause' | 'resume' | 'switch-off' | 'switch-on' | 'flatten' | 'stop' | 'stop-flat';

interface Action {
  label: string;
  /** What is said before it is done; absent: it is done at once. */
  asks?: string;
  done: string;
  danger: boolean;
}

export const ACTIONS: Record<ActionKind, Action> = {
  run: { label: 'Run now', done: 'A run was asked for: its decision appears in a moment.', danger: false },
  pause: { label: 'Pause', done: 'Paused: it evaluates nothing until it is resumed.', danger: false },
  resume: {
    label: 'Resume',
    asks: 'From the next bar close on it evaluates and trades again.',
    done: 'Active again.',
    danger: false,
  },
  'switch-off': {
    label: 'Switch off (kill switch)',
    asks: 'No order is sent for it any more, until it is switched on again. What it holds stays; Flatten closes it.',
    done: 'Switched off: no order is sent for it.',
    danger: true,
  },
  'switch-on': {
    label: 'Switch on',
    asks: 'Orders may be sent for it again.',
    done: 'Switched on.',
    danger: false,
  },
  flatten: {
    label: 'Flatten',
    asks: 'Closes the whole position at the market now, whatever the state is. A later decision may open one again: pause it as well if it shall not.',
    done: 'The position is being closed.',
    danger: true,
  },
  stop: {
    label: 'Stop for good',
    asks: 'It never runs again, and cannot be started again. What it holds stays as it is.',
    done: 'Stopped.',
    danger: true,
  },
  'stop-flat': {
    label: 'Stop and flatten',
    asks: 'It never runs again, and its whole position is closed at the market now.',
    done: 'Stopped; the position is being closed.',
    danger: true,
  },
};

/** What is said instead for a replay, which has no market of today. */
const REPLAY_ASKS: Partial<Record<ActionKind, string>> = {
  flatten:
    'Closes the whole position, on paper, at the open of the first stored bar after the last session it replayed.',
  'stop-flat':
    'It never goes on again, and its whole position is closed, on paper, at the open of the first stored bar after the last session it replayed.',
};

/** What is said before an action is done; undefined: it is done at once. */
export const asksOf = (kind: ActionKind, { replay }: State): string | undefined =>
  (replay && REPLAY_ASKS[kind]) ?? ACTIONS[kind].asks;

/** Why an action cannot be done now, in plain words; undefined where it can. */
export function blockedWhy(kind: ActionKind, { replay, flatten_refusal: refusal }: State): string | undefined {
  if (!refusal || (kind !== 'flatten' && kind !== 'stop-flat')) return undefined;
  return replay
    ? 'No bar after its last session is stored, so there is no price to close at: import newer bars first.'
    : `It cannot be flattened now: ${refusal}.`;
}

interface State {
  status: string;
  enabled: boolean;
  position: { qty: string };
  replay?: { state: string };
  /** Why the service would refuse a flatten. */
  flatten_refusal?: string | null;
}

/** Which actions a state allows: those with a button of their own, and the rest. */
export function actionsFor({ status, enabled, position, replay }: State): { shown: ActionKind[]; more: ActionKind[] } {
  const holds = !/^-?0*(\.0*)?$/.test(position.qty);
  if (status === 'stopped') return { shown: holds ? ['flatten'] : [], more: [] };
  const stops: ActionKind[] = holds ? ['stop-flat', 'stop'] : ['stop'];
  if (status === 'created') return { shown: [], more: stops };
  if (replay) return { shown: holds && replay.state !== 'running' ? ['flatten'] : [], more: stops };
  const flatten: ActionKind[] = holds ? ['flatten'] : [];
  if (!enabled) return { shown: ['switch-on', ...flatten], more: stops };
  if (status === 'paused') return { shown: ['resume', ...flatten], more: ['switch-off', ...stops] };
  return { shown: ['run', 'pause', ...flatten], more: ['switch-off', ...stops] };
}
