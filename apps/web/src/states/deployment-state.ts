interface State {
  status: string;
  trading_state: string | null;
}

/** Whether its runs are refused by its account though it is active: nothing trades, whatever its next run is. */
export const runsRefused = ({ status, trading_state: account }: State): boolean =>
  status === 'active' && account === 'HALTED';
