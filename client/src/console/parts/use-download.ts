import { useState } from 'react';
import { saveFile } from '../../ui/save-file.ts';
import { useConsole } from '../console-context.ts';

/** Fetches a file from the shop and saves it on the device. */
export function useDownload(): {
  failed: boolean;
  download: (path: string, name: string, type: string) => Promise<void>;
} {
  const { api } = useConsole();
  const [failed, setFailed] = useState(false);
  return {
    failed,
    async download(path, name, type) {
      const file = await api.download(path);
      setFailed(file === null);
      if (file !== null) saveFile(name, type, file);
    },
  };
}
