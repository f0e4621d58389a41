"""What processors call themselves, and the row of the tools' tables that a person would look up.

The names are those that Linux prints as "model name" (macOS as machdep.cpu.brand_string). `row` is None where the name
does not say which processor it is: clouds and virtual machines hide it.
"""

NAMES = {
    "Intel(R) Xeon(R) CPU E5-2686 v4 @ 2.30GHz": "Intel Xeon E5-2686 v4",
    "Intel(R) Xeon(R) CPU E5-2673 v4 @ 2.30GHz": "Intel Xeon E5-2673 v4",
    "Intel(R) Xeon(R) Gold 6148 CPU @ 2.40GHz": "Intel Xeon Gold 6148",
    "Intel(R) Xeon(R) Gold 6248R CPU @ 3.00GHz": "Intel Xeon Gold 6248R",
    "Intel(R) Xeon(R) Platinum 8175M CPU @ 2.50GHz": "Intel Xeon Platinum 8175M",
    "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz": "Intel Xeon Platinum 8259CL",
    "Intel(R) Xeon(R) Platinum 8358 CPU @ 2.60GHz": "Intel Xeon Platinum 8358",
    "Intel(R) Xeon(R) Platinum 8480+": "Intel Xeon Platinum 8480+",
    "AMD EPYC 7B12": "AMD EPYC 7B12",
    "AMD EPYC 7742 64-Core Processor": "AMD EPYC 7742",
    "AMD EPYC 7763 64-Core Processor": "AMD EPYC 7763",
    "AMD EPYC 9654 96-Core Processor": "AMD EPYC 9654",
    "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz": "Intel Core i5-8250U",
    "Intel(R) Core(TM) i7-8700K CPU @ 3.70GHz": "Intel Core i7-8700K",
    "Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz": "Intel Core i7-9750H",
    "11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz": "Intel Core i7-1165G7",
    "12th Gen Intel(R) Core(TM) i7-12700K": "Intel Core i7-12700K",
    "13th Gen Intel(R) Core(TM) i9-13900K": "Intel Core i9-13900K",
    "AMD Ryzen 5 3600 6-Core Processor": "AMD Ryzen 5 3600",
    "AMD Ryzen 7 5800H with Radeon Graphics": "AMD Ryzen 7 5800H",
    "AMD Ryzen 9 5950X 16-Core Processor": "AMD Ryzen 9 5950X",
    "AMD Ryzen Threadripper 3970X 32-Core Processor": "AMD Ryzen Threadripper 3970X",
    "Apple M1": "Apple M1",
    "Apple M2 Pro": "Apple M2 Pro",
    "Intel(R) Xeon(R) CPU @ 2.20GHz": None,
    "Intel Xeon Processor (Skylake, IBRS)": None,
    "AMD EPYC 7R32": None,
    "AMD EPYC-Rome Processor": None,
    "AMD EPYC": None,
}
