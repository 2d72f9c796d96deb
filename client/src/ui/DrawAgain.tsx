import { Component, type ReactNode } from 'react';

/** This many failures within this time are no coincidence. */
const failuresMax = 3;
const withinMs = 10_000;

interface Props {
  children: ReactNode;
  /** In place of a part that fails every time. */
  otherwise: ReactNode;
}

interface State {
  failing: boolean;
  failedAt: readonly number[];
}

/**
 * Draws its part of the page again when drawing has failed: what the page knows is not in its elements, so nothing is lost. The usual
 * reason is a browser extension that has moved them.
 */
export class DrawAgain extends Component<Props, State> {
  override state: State = { failing: false, failedAt: [] };

  static getDerivedStateFromError(): Partial<State> {
    return { failing: true };
  }

  /** Runs before the browser paints, so that no empty page is seen. */
  override componentDidCatch(): void {
    const now = performance.now();
    this.setState(({ failedAt }) => {
      const lately = [...failedAt.filter((at) => at >= now - withinMs), now];
      return { failing: lately.length >= failuresMax, failedAt: lately };
    });
  }

  override render(): ReactNode {
    const { failing, failedAt } = this.state;
    if (!failing) {
      return this.props.children;
    }
    return failedAt.length >= failuresMax ? this.props.otherwise : null;
  }
}
