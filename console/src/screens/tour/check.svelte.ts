// A check: something that was asked of the running centre and came out as promised, or did not. Nothing else makes a tick.
export type CheckState = 'open' | 'running' | 'passed' | 'failed';

export interface Finding {
  ok: boolean;
  detail?: string;
}

export class Check {
  state = $state<CheckState>('open');
  detail = $state('');

  constructor(readonly text: string) {}

  reset() {
    this.state = 'open';
    this.detail = '';
  }

  found(finding: Finding): boolean {
    this.state = finding.ok ? 'passed' : 'failed';
    this.detail = finding.detail ?? '';
    return finding.ok;
  }

  // Runs it; what is thrown, a lost connection say, is a failure that says so.
  async run(make: () => Promise<Finding>): Promise<boolean> {
    this.state = 'running';
    this.detail = '';
    try {
      return this.found(await make());
    } catch (error) {
      return this.found({ ok: false, detail: error instanceof Error ? error.message : String(error) });
    }
  }
}

export class Checks {
  readonly list: Check[];

  constructor(...texts: string[]) {
    this.list = texts.map((text) => new Check(text));
  }

  at(index: number): Check {
    return this.list[index]!;
  }

  reset(from = 0) {
    for (const check of this.list.slice(from)) check.reset();
  }

  get passed(): boolean {
    return this.list.length > 0 && this.list.every((check) => check.state === 'passed');
  }

  get failed(): boolean {
    return this.list.some((check) => check.state === 'failed');
  }
}
