/** Every command, in the order in which they are tried and shown. */

import type { Command } from './command';
import { commonQuestions } from './common-questions';
import { greeting, thanks } from './courtesies';
import { deadline } from './duty/due-lines';
import { extend, undoExtension } from './duty/extend';
import { pauseReminders, resumeReminders } from './duty/pause';
import { applyForSupplement } from './duty/supplement';
import { grantSupplement, refuseSupplement } from './duty/supplement-decision';
import { unfiled } from './duty/unfiled';
import { confirmUrge, urge } from './duty/urge';
import { whyUnfiled } from './duty/why-unfiled';
import { bulletin } from './figures/bulletin';
import { explained } from './figures/explained';
import { exportWorkbook } from './figures/export';
import { figureOrigin } from './figures/figure-origin';
import { ownFigures } from './figures/own-figures';
import { progress } from './figures/progress';
import { unitAlone, unitFigures } from './figures/unit-figures';
import { help } from './help';
import { recall } from './messages/recall';
import { resend, undelivered } from './messages/undelivered';
import { approve, refuse } from './people/approve';
import { audit } from './people/audit';
import { readers } from './people/readers';
import { registrations } from './people/registrations';
import { replaceContact } from './people/replace';
import { accept, undoAccept } from './reports/accept';
import { acceptAll } from './reports/accept-all';
import { correctReport } from './reports/correct';
import { answerCorrection, reasonForCorrection, takeBackCorrection } from './reports/correction-answer';
import { agreeCorrection, refuseCorrection } from './reports/correction-decision';
import { history } from './reports/history';
import { sendBack, undoSendBack } from './reports/return';
import { upload } from './reports/upload';
import { withdraw } from './reports/withdraw';

export interface CommandSettings {
  /** Under which browsers reach the service; null where it is not set. */
  readonly address: string | null;
}

export function createCommands({ address }: CommandSettings): readonly Command[] {
  const shown: readonly Command[] = [
    progress,
    unfiled,
    whyUnfiled,
    unitFigures,
    ownFigures,
    figureOrigin,
    deadline,
    bulletin,
    exportWorkbook,
    explained,
    registrations,
    agreeCorrection,
    refuseCorrection,
    accept,
    acceptAll,
    undoAccept,
    approve,
    refuse,
    sendBack,
    undoSendBack,
    history,
    audit,
    urge,
    confirmUrge,
    pauseReminders,
    resumeReminders,
    extend,
    undoExtension,
    applyForSupplement,
    replaceContact,
    grantSupplement,
    refuseSupplement,
    undelivered,
    resend,
    recall,
    withdraw,
    correctReport,
    takeBackCorrection,
    upload(address),
    readers,
    greeting,
    thanks,
    commonQuestions,
    unitAlone,
  ];
  return [answerCorrection, help(shown), ...shown, reasonForCorrection];
}
