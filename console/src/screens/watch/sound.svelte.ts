// Sounds of alarms. A browser lets a page sound only after a gesture: taking the watch is that gesture.

class Sound {
  on = $state(false);
  private context: AudioContext | undefined;

  // From within a gesture.
  allow() {
    this.context ??= new AudioContext();
    void this.context.resume();
    this.on = true;
  }

  off() {
    this.on = false;
  }

  // Three tones for the gravest, one for what only rings once.
  ring(rank: 1 | 2) {
    if (!this.on || !this.context) return;
    for (let i = 0; i < (rank === 1 ? 3 : 1); ++i) this.tone(this.context, rank === 1 ? 880 : 587, i * 0.22);
  }

  private tone(context: AudioContext, frequency: number, after: number) {
    const [oscillator, gain] = [context.createOscillator(), context.createGain()];
    const at = context.currentTime + after;
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(0.3, at + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.18);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.2);
  }
}

export const sound = new Sound();
