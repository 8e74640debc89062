/** The page's few drawings; all of them decorate a control that has a label of its own. */
import type { ComponentChildren } from 'preact';

function Drawing({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const BackIcon = () => (
  <Drawing>
    <path d="M15 5l-7 7 7 7" />
  </Drawing>
);

export const ClockIcon = () => (
  <Drawing>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7.500V12l3 2" />
  </Drawing>
);

export const SwitchIcon = () => (
  <Drawing>
    <path d="M4 9h14l-3.5-3.500M20 15H6l3.5 3.5" />
  </Drawing>
);

export const ThemeIcon = () => (
  <Drawing>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 3.500a8.5 8.5 0 0 1 0 17z" fill="currentColor" />
  </Drawing>
);

export const SendIcon = () => (
  <Drawing>
    <path d="M4.5 12L20 4.5 15.5 20l-3.8-6.200zM11.7 13.800L20 4.5" />
  </Drawing>
);

export const ClipIcon = () => (
  <Drawing>
    <path d="M19 11.500l-7.300 7.300a4.200 4.200 0 0 1-6-6l8-8a2.800 2.800 0 0 1 4 4l-7.900 7.900a1.400 1.400 0 0 1-2-2l7-7" />
  </Drawing>
);

export const DownloadIcon = () => (
  <Drawing>
    <path d="M12 4v11m-4.5-4L12 15.5 16.5 11M5 20h14" />
  </Drawing>
);

export const BotIcon = () => (
  <Drawing>
    <path d="M5 6.500A1.5 1.5 0 0 1 6.5 5h11A1.5 1.5 0 0 1 19 6.500v8a1.5 1.5 0 0 1-1.5 1.500H12l-4 3.500V16H6.500A1.5 1.5 0 0 1 5 14.500z" />
    <path d="M9 12.500v-1.500M12 12.500V9.500M15 12.500V8" />
  </Drawing>
);

export const GroupIcon = () => (
  <Drawing>
    <circle cx="9" cy="9" r="3.2" />
    <path d="M3.5 18.500c0-3 2.5-4.8 5.5-4.800s5.5 1.8 5.5 4.800M15.5 6.200a3 3 0 0 1 0 5.600M17 14c2 .6 3.5 2.2 3.5 4.5" />
  </Drawing>
);
