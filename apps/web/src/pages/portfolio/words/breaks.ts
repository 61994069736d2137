interface Deployment {
  deployment_id: string;
  ticker: string;
  broker: string;
  paper: boolean;
  sync: string;
  sync_reason: string | null;
  position: { qty: string };
}

/** Where our books and the world stand apart, with what to do. */
export interface Break {
  deployment: string;
  ticker: string;
  venue: string;
  tone: 'warning' | 'bad';
  state: string;
  what: string;
  toDo: string;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The frozen first: nothing is ordered for them. */
export function breaksOf(deployments: readonly Deployment[], leftBehind: readonly Deployment[]): Break[] {
  const breaks = deployments.flatMap((one): Break[] => {
    const head = { deployment: one.deployment_id, ticker: one.ticker, venue: venueOf(one) };
    const what = capitalised(`${one.sync_reason ?? 'no reason was kept'}.`);
    if (one.sync === 'frozen') {
      return [
        {
          ...head,
          ...{ tone: 'bad', state: 'frozen', what },
          toDo: 'Nothing is entered meanwhile. It is asked for again every minute; if that does not settle it, look for the order at the venue by its client order id, under Orders.',
        },
      ];
    }
    if (one.sync === 'drifted') {
      return [
        {
          ...head,
          ...{ tone: 'warning', state: 'drifted', what },
          toDo: 'Only our own position is reduced meanwhile. Undo at the venue what was traded there by hand, or flatten this deployment; once both agree it goes on by itself.',
        },
      ];
    }
    return [];
  });
  const left = leftBehind.map((one): Break => ({
    ...{ deployment: one.deployment_id, ticker: one.ticker, venue: venueOf(one) },
    ...{ tone: 'warning', state: 'stopped', what: `Stopped, and still holds ${one.position.qty}.` },
    toDo: 'Nobody looks after this position any more: flatten it, or keep it knowingly.',
  }));
  return [...breaks.sort((a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad')), ...left];
}

const venueOf = ({ broker, paper }: Deployment): string => `${broker}${paper ? ', paper' : ', live'}`;
