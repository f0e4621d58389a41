"""What torchrun starts: `torchrun … -m snippets.labs.distributed_training`."""

from snippets.labs.distributed_training.worker import main

if __name__ == "__main__":
    main()
