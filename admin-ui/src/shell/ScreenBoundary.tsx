import { FailedScreen } from '@task-connect/console';
import { Component, type ReactNode } from 'react';
import css from './shell.module.css';

type ScreenBoundaryProps = {
  title: string;
  /** Another key is another page: what failed before is forgotten. */
  resetKey: string;
  /** Says nothing in the place of what failed; for small things. */
  silent?: boolean;
  /** It is the whole page. */
  page?: boolean;
  children: ReactNode;
};

/** Holds what throws within it, so that the rest of the console goes on. React knows this as a class only. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: ScreenBoundaryProps) {
    if (before.resetKey !== this.props.resetKey && this.state.error !== undefined) this.setState({ error: undefined });
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    if (this.props.silent) return null;
    const failed = (
      <FailedScreen
        title={this.props.title}
        reason={error instanceof Error ? error.message : String(error)}
        retry={() => this.setState({ error: undefined })}
      />
    );
    return this.props.page ? <div className={css.failed}>{failed}</div> : failed;
  }
}
