/* What Go asks Windows for random bytes with and Debian's Wine lacks. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T n)
{
	while (n) {
		ULONG some = n > 1 << 30 ? 1 << 30 : (ULONG)n;
		if (!SystemFunction036(bytes, some))
			return FALSE;
		bytes += some;
		n -= some;
	}
	return TRUE;
}
